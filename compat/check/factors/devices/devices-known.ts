import { DRIVER_UNKNOWN, IGB, PVPANIC_PCI, VIRTIO_SOUND_PCI } from "../../../facts/qemu/devices/drivers.ts";
import { chaptersFor } from "../../chapters.ts";
import type { End } from "../../end.ts";
import { cannotStart } from "../../endings/not-begun.ts";
import type { Factor, Problem } from "../../factor.ts";
import { joined } from "../../joined.ts";
import { shown } from "../settings/settle.ts";
import { wellFormed } from "./devices-of.ts";
import { DRIVER_NAMES, hasDriver, isDriver } from "./driver-names.ts";
import { machineOf } from "./machine.ts";
import { optionOf } from "./option.ts";
import { ends, NOTHING } from "./problem.ts";

/** Drivers that came after the oldest releases, by name. */
const LATER = new Map([IGB, PVPANIC_PCI, VIRTIO_SOUND_PCI].map((chapters) => [chapters[0]?.value, chapters]));

/** What machine types of PCs are called, of which all drivers are known. */
const OF_PC = "pc-";

export const devicesKnown: Factor = {
  rule: "DEVICES_KNOWN",
  purpose: "Checks that each side has the drivers of its devices.",
  reference: "system/qdev-monitor.c, qdev_get_device_class()",
  find({ source, destination }) {
    return joined(unknownTo(source), unknownTo(destination));
  },
};

function unknownTo(end: End): readonly Problem[] {
  const { devices } = end.peer;
  if (!Array.isArray(devices) || devices.length === 0) return NOTHING;
  return devices.flatMap((device) => {
    const driver: unknown = device?.driver;
    return typeof driver === "string" && isUnknown(end, driver)
      ? problemOf(end, driver, optionOf(wellFormed(device)))
      : [];
  });
}

function isUnknown(end: End, driver: string): boolean {
  const chapters = LATER.get(driver);
  if (chapters) return end.value(chapters) === undefined;
  return machineOf(end).startsWith(OF_PC) && hasDriver(end.version, driver) === false;
}

function problemOf(end: End, driver: string, option: string): Problem {
  const chapters = LATER.get(driver) ?? DRIVER_NAMES[0];
  const since = LATER.has(driver) ? String(chapters[0]?.since ?? "") : "";
  const line = end.say(DRIVER_UNKNOWN, option, driver)?.text;
  return ends(
    `start ${end.role}`,
    cannotStart(end, line === undefined ? [] : [line]),
    { driver: shown(driver), release: end.version, since, exists: isDriver(driver) || since !== "" },
    [...chapters, ...chaptersFor(end, DRIVER_UNKNOWN)],
  );
}
