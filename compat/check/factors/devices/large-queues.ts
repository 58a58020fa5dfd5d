import {
  QUEUE_TOO_LARGE,
  QUEUES_SENT_AS,
  VIRTQUEUES,
  type Virtqueues,
} from "../../../facts/qemu/devices/virtqueues.ts";
import type { End, Pair } from "../../end.ts";
import { remembering } from "../../remembering.ts";
import { counterparts } from "./counterpart.ts";
import { type PlacedDevice, stateOf } from "./devices-of.ts";
import { ownValue } from "./place.ts";
import { processorsOf } from "./processors-of.ts";

/** A virtio device whose queues are sent larger than the destination has them. */
export interface LargeQueues {
  readonly device: PlacedDevice;
  readonly sent: number;
  /** The first queue that is refused, as far as can be told; undefined where firmware made it smaller. */
  readonly at: number | undefined;
  /** How many entries that queue, or else the first, has on the destination. */
  readonly own: number;
  /** The property that would make it as large there. */
  readonly sizedBy: string;
}

/** The devices whose queues are sent larger than they are on a destination that looks at it. */
export const largeQueues: (pair: Pair) => readonly LargeQueues[] = remembering(lookAt);
const NONE: readonly LargeQueues[] = [];

function lookAt(pair: Pair): readonly LargeQueues[] {
  const { source, destination } = pair;
  const { sent: devices } = counterparts(pair);
  if (devices.length === 0 || !destination.value(QUEUE_TOO_LARGE)) return NONE;
  const sentAs = source.value(QUEUES_SENT_AS);
  const table = destination.value(VIRTQUEUES);
  return devices.flatMap(([device, other]) => {
    const queues = other && ownValue(table, stateOf(other.sections[0]));
    if (!queues) return [];
    const always = typeof sentAs === "number";
    const sent = always ? sentAs : sizeOf(queues, device, 0);
    if (sizeOf(queues, other, 0) >= sent) return [];
    const at = always ? firstLarge(queues, other, source) : 0;
    return { device, sent, at, own: sizeOf(queues, other, at ?? 0), sizedBy: queues.sizedBy ?? "" };
  });
}

/** The first queue that firmware did not make small enough; undefined where it did so with all, as far as can be told. */
function firstLarge(queues: Virtqueues, on: PlacedDevice, source: End): number | undefined {
  const { setUpByFirmware: firmware } = queues;
  if (!firmware || firmware.entries > sizeOf(queues, on, 0)) return 0;
  return queueCount(on, source) <= firmware.queues ? undefined : firmware.queues;
}

/** Queues of a disk: as many as are asked for, or as there are processors. */
function queueCount({ device: { properties } }: PlacedDevice, source: End): number {
  const asked = numberOf(properties?.["num-queues"]);
  return asked ?? processorsOf(source) ?? 1;
}

function sizeOf(
  { sizes, sizedBy }: Virtqueues,
  { device: { properties } }: PlacedDevice,
  at: number,
): number {
  const asked = sizedBy === undefined ? undefined : numberOf(properties?.[sizedBy]);
  return asked ?? sizes[at] ?? sizes.at(-1) ?? 0;
}

/** A property that counts something. */
function numberOf(value: unknown): number | undefined {
  if (typeof value !== "number" && typeof value !== "string") return undefined;
  const number = Number(value);
  return number >= 1 ? number : undefined;
}
