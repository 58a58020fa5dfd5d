import { PROPERTY_EFFECTS } from "../../../facts/qemu/devices/properties.ts";
import { QUEUE_TOO_LARGE } from "../../../facts/qemu/devices/virtqueues.ts";
import { BLOCK_SIZE_DIFFERS } from "../../../facts/qemu/ram/ram-block-errors.ts";
import { chaptersFor } from "../../chapters.ts";
import type { Pair } from "../../end.ts";
import { destinationFails } from "../../endings/destination-fails.ts";
import { earOf } from "../../endings/ear.ts";
import type { Factor, Problem } from "../../factor.ts";
import type { Ending } from "../../verdict.ts";
import { configRefused } from "./config-space.ts";
import { counterparts } from "./counterpart.ts";
import type { PlacedDevice } from "./devices-of.ts";
import { ownValue } from "./place.ts";
import { ends, NOTHING, notKnown, stateRefused, tells } from "./problem.ts";
import { ramRefused } from "./ram-refused.ts";

const NONE: Readonly<Record<string, never>> = {};
const MIB = 1024 * 1024;
const MOST_MIB = 4096;
/** They say where a device is, and are judged there. */
const PLACING: ReadonlySet<string> = new Set(["id", "bus", "addr", "multifunction"]);
const SPELLINGS: Readonly<Record<string, string>> = {
  on: "true",
  yes: "true",
  y: "true",
  off: "false",
  no: "false",
  n: "false",
};

export const devicePropertiesAgree: Factor = {
  rule: "DEVICE_PROPERTIES_AGREE",
  purpose: "Checks that devices have the same properties on both sides, as far as the guest sees them.",
  reference: "hw/pci/pci.c, get_pci_config_device(); hw/virtio/virtio-pci.c",
  find(pair) {
    const { sent } = counterparts(pair);
    if (sent.length === 0) return NOTHING;
    return sent.flatMap(([device, other]) =>
      other && other.driver === device.driver ? differences(pair, device, other) : NOTHING,
    );
  },
};

function differences(pair: Pair, device: PlacedDevice, other: PlacedDevice): readonly Problem[] {
  const { properties: sent = NONE } = device.device;
  const { properties: own = NONE } = other.device;
  if (sent === own) return NOTHING;
  return [...new Set([...Object.keys(sent), ...Object.keys(own)])]
    .filter((name) => !PLACING.has(name))
    .flatMap((name) => difference(pair, device, other, name, spelled(sent, name), spelled(own, name)) ?? []);
}

function difference(
  pair: Pair,
  device: PlacedDevice,
  other: PlacedDevice,
  property: string,
  given: string | undefined,
  here: string | undefined,
): Problem | undefined {
  const { driver, place = "", blocks } = device;
  const effect = ownValue(pair.destination.value(PROPERTY_EFFECTS), property);
  const block = effect?.block?.replace("@", place);
  const usual = blocks.find(([idstr]) => idstr === block)?.[1];
  const unset = effect?.unset ?? (usual === undefined ? undefined : String(usual / MIB));
  const source = given ?? unset;
  const destination = here ?? unset;
  if (source === destination) return undefined;
  const facts = chaptersFor(pair.destination, PROPERTY_EFFECTS);
  const certain = source !== undefined && destination !== undefined;
  const shown = { source: source ?? "", destination: destination ?? "", effect: effect?.on ?? "" };
  const args = { driver, property, certain, ear: earOf(pair), ...shown };
  if (effect?.on === "nothing") return tells("note", args, facts);
  if (effect?.on === "queues" && certain) {
    const [theirs, ours] = [countOf(source), countOf(destination)];
    if (theirs <= ours) return tells("note", { ...args, effect: "nothing" }, facts);
    return pair.destination.say(QUEUE_TOO_LARGE, 0, 0, 0)
      ? ends(
          "switchover",
          stateRefused(pair),
          args,
          chaptersFor(pair.destination, PROPERTY_EFFECTS, QUEUE_TOO_LARGE),
        )
      : { ...ends("switchover", notKnown(pair), args, facts), level: "warning" };
  }
  if (!certain || !effect)
    return { ...ends("switchover", notKnown(pair), args, effect ? facts : []), level: "warning" };
  return effect.on === "ram-block"
    ? ends("ram setup", sizesDiffer(pair, block, Number(source), Number(destination)), args, facts)
    : ends("switchover", stateRefused(pair, configRefused(pair, device, other)), args, facts);
}

function sizesDiffer(pair: Pair, block: string | undefined, source: number, destination: number): Ending {
  const [sent, own] = [bytesOf(source), bytesOf(destination)];
  if (block === undefined || sent === undefined || own === undefined)
    return destinationFails(pair, "setup", []);
  return ramRefused(pair, BLOCK_SIZE_DIFFERS, block, BigInt(sent), BigInt(own));
}

/** How many queues a value comes to, as far as two values are compared. */
function countOf(value: string): number {
  return value === "true" ? 1 : value === "false" ? 0 : Number(value);
}

/** As many bytes as a block of so many MiB has. */
function bytesOf(size: number): number | undefined {
  return size >= 1 && size <= MOST_MIB ? 2 ** Math.ceil(Math.log2(size)) * MIB : undefined;
}

/** A value as it is spelled in one way only; undefined where it is not set. */
function spelled(properties: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = ownValue(properties, name);
  if (value === undefined || value === null || typeof value === "object") return undefined;
  const text = String(value);
  return ownValue(SPELLINGS, text) ?? text;
}
