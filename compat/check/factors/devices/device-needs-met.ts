import type { Fact } from "../../../facts/fact.ts";
import { valueAt } from "../../../facts/fact.ts";
import { BUS_MISSING, type BusNeed, NEEDED_BUSES } from "../../../facts/qemu/devices/buses.ts";
import {
  type DriverNeed,
  MEMORY_DEVICE_NEEDS,
  NEEDED_PROPERTIES,
  SOUND_NEEDS,
} from "../../../facts/qemu/devices/needs.ts";
import { chaptersFor } from "../../chapters.ts";
import type { End } from "../../end.ts";
import { cannotStart } from "../../endings/not-begun.ts";
import type { Factor, Problem } from "../../factor.ts";
import { joined } from "../../joined.ts";
import { keeping } from "../../keeping.ts";
import { perVersion } from "../settings/per-version.ts";
import { devicesOf, type PlacedDevice } from "./devices-of.ts";
import { hasDriver } from "./driver-names.ts";
import { optionOf } from "./option.ts";
import { ends, NOTHING } from "./problem.ts";

const NEEDS = [NEEDED_PROPERTIES, MEMORY_DEVICE_NEEDS, SOUND_NEEDS] as const;

interface Known {
  readonly need: DriverNeed;
  readonly chapters: readonly Fact<unknown>[];
}

const needsOf = perVersion((version): ReadonlyMap<string, Known> => {
  const all = NEEDS.flatMap((chapters) =>
    (valueAt(chapters, version, "later") ?? []).flatMap((need) =>
      need.drivers.map((driver) => [driver, { need, chapters }] as const),
    ),
  );
  return new Map(all);
});

export const deviceNeedsMet: Factor = {
  rule: "DEVICE_NEEDS_MET",
  purpose: "Checks that each device has the property or the bus without which QEMU does not start.",
  reference: "system/qdev-monitor.c, qdev_device_add_from_qdict(); the realize functions of devices",
  find: ({ source, destination }) => joined(unmet(source), unmet(destination)),
};

function unmet(end: End): readonly Problem[] {
  const devices = devicesOf(end);
  if (devices.length === 0) return NOTHING;
  return devices.flatMap((placed, at) => property(end, placed) ?? bus(end, devices, at) ?? []);
}

function property(end: End, { driver, device }: PlacedDevice): Problem | undefined {
  const known = needsOf(end.version).get(driver);
  if (!known || hasDriver(end.version, driver) === false) return undefined;
  const { property: name, text } = known.need;
  if (Object.hasOwn(device.properties ?? {}, name)) return undefined;
  const args = { driver, what: "property", name, release: end.version, side: end.role };
  const refused = cannotStart(end, [`-device ${optionOf(device)}: ${text}`]);
  // Default devices are not part of a scenario.
  const ending =
    known.chapters === SOUND_NEEDS ? { ...refused, alternatives: ["completes"] as const } : refused;
  return ends(`start ${end.role}`, ending, args, chaptersFor(end, known.chapters));
}

function bus(end: End, devices: readonly PlacedDevice[], at: number): Problem | undefined {
  const { driver, device } = devices[at] as PlacedDevice;
  if (device.properties?.bus !== undefined) return undefined;
  const { need } = busOf(end.version)(driver);
  if (!need || devices.slice(0, at).some((each) => need.from.includes(each.driver))) return undefined;
  if (hasDriver(end.version, driver) === false) return undefined;
  const line = end.say(BUS_MISSING, optionOf(device), need.bus, driver)?.text;
  const args = { driver, what: "bus", name: need.bus, release: end.version, side: end.role };
  const ending = cannotStart(end, line === undefined ? [] : [line]);
  return ends(`start ${end.role}`, ending, args, chaptersFor(end, NEEDED_BUSES, BUS_MISSING));
}

/** The bus that a driver needs, by release. */
const busOf = perVersion((version) =>
  keeping((driver) => ({
    need: valueAt(NEEDED_BUSES, version, "later")?.find((each) => isOn(each, driver)),
  })),
);

function isOn({ drivers, from }: BusNeed, driver: string): boolean {
  return !from.includes(driver) && drivers.some((name) => driver.startsWith(name));
}
