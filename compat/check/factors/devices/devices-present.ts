import type { Fact } from "../../../facts/fact.ts";
import { BLOCK_UNKNOWN } from "../../../facts/qemu/ram/ram-block-errors.ts";
import { SECTION_UNKNOWN } from "../../../facts/qemu/stream/sections.ts";
import { chaptersFor } from "../../chapters.ts";
import type { Pair } from "../../end.ts";
import { earOf } from "../../endings/ear.ts";
import { loadError } from "../../endings/load-failed.ts";
import type { Factor, Problem } from "../../factor.ts";
import { type Counterparts, counterparts } from "./counterpart.ts";
import { DEVICE_FACTS } from "./device-table.ts";
import { type DeviceSection, devicesOf, type PlacedDevice } from "./devices-of.ts";
import { ends, NOTHING, stateRefused } from "./problem.ts";
import { ramRefused } from "./ram-refused.ts";

export const devicesPresent: Factor = {
  rule: "DEVICES_PRESENT",
  purpose:
    "Checks that the destination has every device of which the source sends state, and at the same place.",
  reference:
    "migration/savevm.c, find_se(); migration/ram.c, parse_ramblocks(); hw/core/qdev.c, qdev_get_dev_path()",
  find(pair) {
    const devices = devicesOf(pair.source);
    if (devices.length === 0 || counterparts(pair).sent.every(isAlike)) return NOTHING;
    const there = inventory(devicesOf(pair.destination));
    const missing = devices.filter((device) => isMissing(device, there));
    if (missing.length === 0) return NOTHING;
    const blocks = missing.flatMap((device) => device.blocks).filter(([idstr]) => !there.blocks.has(idstr));
    const first = blocks.toSorted(([, a], [, b]) => b - a)[0]?.[0];
    return [...missing]
      .sort((a, b) => Number(hasBlock(b, first)) - Number(hasBlock(a, first)))
      .map((device) => problemOf(pair, device, there, first));
  },
};

/** The common case: the same device at the same place, so that all its sections and blocks are there. */
function isAlike([device, other]: Counterparts["sent"][number]): boolean {
  return (
    other !== undefined &&
    device.driver === other.driver &&
    device.place === other.place &&
    device.blocks.length === other.blocks.length
  );
}

/** Where in the list of the source's devices the first is whose state the destination has no place for. */
export function firstMissing({ source, destination }: Pair): number {
  const there = inventory(devicesOf(destination));
  const at = devicesOf(source).findIndex((device) => isMissing(device, there));
  return at < 0 ? Number.POSITIVE_INFINITY : at;
}

interface There {
  readonly sections: ReadonlySet<string>;
  readonly blocks: ReadonlySet<string>;
  /** How many devices of a driver there are that are not known otherwise, by place. */
  readonly others: ReadonlyMap<string, number>;
  readonly places: ReadonlyMap<string, string | undefined>;
}

function inventory(devices: readonly PlacedDevice[]): There {
  const others = new Map<string, number>();
  for (const device of devices)
    if (!device.known) others.set(nameOf(device), (others.get(nameOf(device)) ?? 0) + 1);
  return {
    sections: new Set(devices.flatMap(({ sections }) => sections.map(keyOf))),
    blocks: new Set(devices.flatMap(({ blocks }) => blocks.map(([idstr]) => idstr))),
    others,
    places: new Map(devices.map(({ driver, place }) => [driver, place])),
  };
}

function isMissing(device: PlacedDevice, there: There): boolean {
  if (!device.known) return !there.others.has(nameOf(device));
  const { sections, blocks } = device;
  return (
    sections.some((section) => !there.sections.has(keyOf(section))) ||
    blocks.some(([idstr]) => !there.blocks.has(idstr))
  );
}

function problemOf(pair: Pair, device: PlacedDevice, there: There, first: string | undefined): Problem {
  const { destination } = pair;
  const { driver, place = "", known } = device;
  const section = device.sections.find((each) => !there.sections.has(keyOf(each)));
  const elsewhere = there.places.get(driver) ?? "";
  const args = {
    driver,
    place,
    elsewhere,
    isThere: there.places.has(driver),
    known: known !== undefined,
    ear: earOf(pair),
    section: section?.idstr ?? "",
    early: hasBlock(device, first),
  };
  if (hasBlock(device, first) && first !== undefined)
    return ends(
      "ram setup",
      ramRefused(pair, BLOCK_UNKNOWN, first),
      args,
      chaptersFor(destination, BLOCK_UNKNOWN, ...factsFor(driver)),
    );
  const error = section && loadError(destination, "EINVAL", SECTION_UNKNOWN, section.idstr, section.instance);
  return ends(
    "switchover",
    stateRefused(pair, error),
    args,
    chaptersFor(destination, SECTION_UNKNOWN, ...factsFor(driver)),
  );
}

function factsFor(driver: string): readonly (readonly Fact<unknown>[])[] {
  return DEVICE_FACTS.filter((chapters) => chapters.some(({ value }) => Object.hasOwn(value, driver)));
}

function hasBlock({ blocks }: PlacedDevice, idstr: string | undefined): boolean {
  return idstr !== undefined && blocks.some(([name]) => name === idstr);
}

function keyOf({ idstr, instance }: DeviceSection): string {
  return `${idstr} ${instance}`;
}

/** Of a device that the facts do not know, driver and place are all there is to go by. */
function nameOf({ driver, place }: PlacedDevice): string {
  return `${driver} ${place ?? ""}`;
}
