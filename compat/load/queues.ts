import { valueAt } from "../facts/fact.ts";
import { QUEUE_TOO_LARGE, VIRTQUEUES, type Virtqueues } from "../facts/qemu/devices/virtqueues.ts";
import { VIRTQUEUES_OF_1024 } from "../facts/qemu/errata/errata-devices.ts";
import { readVirtioState } from "./virtio-state.ts";

/** What is found of a virtio device's queues. */
export type QueueJudgement =
  | { readonly verdict: "loads" }
  | { readonly verdict: "not-judged"; readonly why: "unread" | "unknown-device" }
  /** The destination's device would have to be made with more. */
  | {
      readonly verdict: "refused" | "not-judged";
      readonly why: "too-large";
      readonly queue: number;
      readonly size: number;
      readonly most: number;
      readonly property: string | undefined;
      readonly facts: readonly string[];
    };

/** Every queue of the erratum has so many entries. */
const ALL_ALIKE = 1024;

/** Judges the sizes of queues in the state of a device that has any. */
export function judgeQueues(state: string, payload: Uint8Array, qemu: string): QueueJudgement {
  if (!valueAt(QUEUE_TOO_LARGE, qemu, "later")) return { verdict: "loads" };
  const read = readVirtioState(payload);
  if (!read) return { verdict: "not-judged", why: "unread" };
  const known = valueAt(VIRTQUEUES, qemu, "later") ?? {};
  const made = Object.hasOwn(known, state) ? known[state] : undefined;
  if (!made) return { verdict: "not-judged", why: "unknown-device" };
  const { queues } = read;
  const queue = queues.findIndex(({ size }, i) => size > sizeOf(made, i, queues.length));
  const size = queues[queue]?.size;
  if (size === undefined) return { verdict: "loads" };
  const isErratum = queues.every((each) => each.size === ALL_ALIKE);
  // A queue whose size is a property may have been made larger on both sides, and only on purpose.
  const property = made.sizedBy ?? made.sizedInPartBy;
  const sure = property === undefined || isErratum;
  return {
    verdict: sure ? "refused" : "not-judged",
    why: "too-large",
    queue,
    size,
    most: sizeOf(made, queue, queues.length),
    property,
    facts: [...QUEUE_TOO_LARGE, ...(isErratum ? VIRTQUEUES_OF_1024 : [])].map(({ id }) => id),
  };
}

function sizeOf({ sizes, last }: Virtqueues, queue: number, count: number): number {
  if (last !== undefined && queue === count - 1) return last;
  return sizes[queue] ?? sizes.at(-1) ?? 0;
}
