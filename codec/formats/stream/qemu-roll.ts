import { WALKERS } from "./qemu-iterative.ts";
import { type HeldDevice, type Reader, report } from "./qemu-reader.ts";
import type { DeviceDescription } from "./vmdesc.ts";

/** Devices that are only in one of the two: the stream, and the vmdescription at its end. */
export interface DeviceRoll {
  readonly undescribed: Pick<HeldDevice, "idstr" | "instance" | "path" | "offset">[];
  readonly absent: Pick<DeviceDescription, "idstr" | "instance">[];
}

/** Devices of either kind that are remembered. */
const MOST_LISTED = 1 << 12;

/** Notes a device section that no description was found for. */
export function noteUndescribed({ roll }: Reader, { idstr, instance, path, offset }: HeldDevice): void {
  if (roll.undescribed.length < MOST_LISTED) roll.undescribed.push({ idstr, instance, path, offset });
}

/** Notes a description that no kept section answers to. */
export function noteAbsent({ roll }: Reader, { idstr, instance }: DeviceDescription): void {
  if (roll.absent.length < MOST_LISTED) roll.absent.push({ idstr, instance });
}

/**
 * Compares the devices of the stream with those of its vmdescription, which begins at `offset`. The source writes both in
 * one go, so they only differ where one of them was changed, or could not be read.
 */
export function tellRoll(reader: Reader, offset: number): void {
  const { roll, findings, known } = reader;
  if (findings.has("STREAM_WELL_FORMED") || findings.has("VMDESC_WELL_FORMED")) return;
  if (reader.missed > 0 || reader.unseen) return;
  const full = Math.max(roll.undescribed.length, roll.absent.length) >= MOST_LISTED;
  if (full) return;
  const described = new Set(roll.absent.map(keyOf));
  const present = new Set(roll.undescribed.map(keyOf));
  const iterative = new Set(
    [...known.values()].flatMap(({ kind, idstr }) => (kind === "start" ? idstr : [])),
  );
  const missing = roll.absent.filter((device) => !present.has(keyOf(device)) && !iterative.has(device.idstr));
  // One for the other: the name was changed, and the device of this name is nobody's.
  const level = missing.length > 0 ? "error" : "warning";
  for (const device of roll.undescribed) {
    if (described.has(keyOf(device))) continue;
    const { idstr, instance, path, offset: at } = device;
    const args = { device: idstr, instance };
    report(reader, { rule: "DEVICE_DESCRIBED", level, subject: path, offset: at, args });
  }
  for (const { idstr, instance } of missing) {
    const args = { device: idstr, instance };
    report(reader, { rule: "DEVICE_PRESENT", level: "warning", subject: "vmdescription", offset, args });
  }
}

/** Says that there is no section of RAM where another one, which nobody knows, stands in its place. */
export function tellRam(reader: Reader): void {
  if (reader.unseen || reader.missed > 0) return;
  const started = [...reader.known.values()].filter(({ kind }) => kind === "start");
  if (started.some(({ idstr, instance }) => idstr === RAM && instance === 0)) return;
  const stranger = started.find(({ idstr }) => idstr === RAM || WALKERS[idstr] === undefined);
  if (!stranger) return;
  const { idstr, instance, offset } = stranger;
  const found = `section "${idstr}" ${instance}`;
  const args = { expected: 'section "ram" 0', found };
  report(reader, { rule: "RAM_SECTION_PRESENT", level: "error", subject: "", offset, args });
}

const RAM = "ram";

function keyOf({ idstr, instance }: { readonly idstr: string; readonly instance: number }): string {
  return `${instance} ${idstr}`;
}
