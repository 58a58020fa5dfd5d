import { negative } from "../../../errno.ts";
import { VIRTIO_IDS } from "../../../facts/qemu/devices/virtio.ts";
import { PCI_CONFIG } from "../../../facts/qemu/stream/device-errors.ts";
import { START_FAILED } from "../../../facts/qemu/stream/sections.ts";
import { ELEMENT_REFUSED, FIELD_PRINTED } from "../../../facts/qemu/stream/vmstate.ts";
import type { End, Pair } from "../../end.ts";
import { type LoadError, loadError, within } from "../../endings/load-failed.ts";
import { counterparts } from "./counterpart.ts";
import { type PlacedDevice, stateOf } from "./devices-of.ts";
import { ownValue } from "./place.ts";

/** Which interfaces a virtio device offers the guest; undefined where that depends on its bus, or cannot be told. */
export type Generation = "modern" | "transitional" | "legacy";

const KIND = /^(virtio-.+-pci)(-non-transitional|-transitional)?$/;
const OWN_BUSES: ReadonlySet<unknown> = new Set([undefined, "pci.0", "pcie.0"]);
const ON: ReadonlySet<unknown> = new Set([true, "on", "true", "yes"]);
/** Where the device's id begins, and the size of the table of vectors of a virtio device. */
const ID = 0x02;
const VECTORS = 0x9a;
const EVERY_BIT = 0xff;
const MOST_VECTORS = 256;

/** The driver without its generation, and the generation. */
export function generationOf({ driver, device }: PlacedDevice): {
  readonly base: string;
  readonly generation: Generation | undefined;
} {
  const [, base = driver, kind] = KIND.exec(driver) ?? [];
  if (kind) return { base, generation: kind === "-transitional" ? "transitional" : "modern" };
  const { properties = {} } = device;
  if (ON.has(properties["disable-modern"])) return { base, generation: "legacy" };
  if (ON.has(properties["disable-legacy"])) return { base, generation: "modern" };
  return { base, generation: OWN_BUSES.has(properties.bus) ? "transitional" : undefined };
}

/** What the destination says of the first byte of configuration space that differs, where it is known which that is. */
export function configRefused(pair: Pair, device: PlacedDevice, other: PlacedDevice): LoadError | undefined {
  const { destination: end } = pair;
  const byte = idByte(end, device, other) ?? vectorByte(device, other);
  const section = device.sections[0];
  if (!byte || !section) return undefined;
  const state = stateOf(section);
  const [at, read, own] = byte;
  const config = loadError(end, "EINVAL", PCI_CONFIG, at, read, own, EVERY_BIT, 0, 0);
  const inner = printed(fieldRefused(end, config, "PCIDevice", "pci config", "config"));
  return within(
    end,
    fieldRefused(end, inner, state, "virtio", "virtio"),
    START_FAILED,
    section.instance,
    section.idstr,
  );
}

/** Where in the list of the source's devices the first is whose configuration space is refused, before its queues are read. */
export function firstOfOtherConfig(pair: Pair): number {
  const at = counterparts(pair).sent.findIndex(
    ([device, other]) => other !== undefined && configRefused(pair, device, other) !== undefined,
  );
  return at < 0 ? Number.POSITIVE_INFINITY : at;
}

type Byte = readonly [at: number, read: number, own: number];

function idByte(end: End, device: PlacedDevice, other: PlacedDevice): Byte | undefined {
  const [sent, own] = [generationOf(device), generationOf(other)];
  const ids = ownValue(end.value(VIRTIO_IDS), sent.base);
  if (!ids || sent.base !== own.base || !sent.generation || !own.generation) return undefined;
  const [theirs, ours] = [sent, own].map(({ generation }) =>
    generation === "modern" ? ids.modern : ids.transitional,
  );
  return theirs === undefined || ours === undefined || theirs === ours ? undefined : [ID, theirs, ours];
}

function vectorByte(device: PlacedDevice, other: PlacedDevice): Byte | undefined {
  const [sent, own] = [vectorsOf(device), vectorsOf(other)];
  return sent === undefined || own === undefined || sent === own ? undefined : [VECTORS, sent - 1, own - 1];
}

/** How many vectors a device has by its properties. */
function vectorsOf({ driver, device: { properties = {} } }: PlacedDevice): number | undefined {
  const queues = driver.startsWith("virtio-blk") ? numberOf(properties["num-queues"]) : undefined;
  const vectors = numberOf(properties.vectors) ?? (queues === undefined ? undefined : queues + 1);
  return vectors !== undefined && vectors > 0 && vectors < MOST_VECTORS ? vectors : undefined;
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === "string" ? Number(value) : value;
  return typeof number === "number" && Number.isInteger(number) ? number : undefined;
}

/** A field that is refused, as it is printed or told. */
function fieldRefused(end: End, error: LoadError, state: string, type: string, field: string): LoadError {
  const told = within(end, error, ELEMENT_REFUSED, type, field, negative("EINVAL"));
  const line = end.say(FIELD_PRINTED, state, field);
  return line ? { ...told, printed: [...told.printed, line.text] } : told;
}

/** Virtio loads its bus by a function that returns an errno and no more. */
function printed(error: LoadError): LoadError {
  return error.reason === "" ? error : { ...error, printed: [...error.printed, error.reason], reason: "" };
}
