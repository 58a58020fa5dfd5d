import { negative } from "../../../errno.ts";
import { QUEUE_TOO_LARGE, QUEUES_SENT_AS, VIRTQUEUES } from "../../../facts/qemu/devices/virtqueues.ts";
import { VIRTQUEUES_OF_1024 } from "../../../facts/qemu/errata/errata-devices.ts";
import { START_FAILED } from "../../../facts/qemu/stream/sections.ts";
import { ELEMENT_REFUSED, FIELD_PRINTED } from "../../../facts/qemu/stream/vmstate.ts";
import { chaptersFor } from "../../chapters.ts";
import type { End, Pair } from "../../end.ts";
import { earOf } from "../../endings/ear.ts";
import { type LoadError, loadError, within } from "../../endings/load-failed.ts";
import type { Factor } from "../../factor.ts";
import { firstOfOtherConfig } from "./config-space.ts";
import { devicesOf, type PlacedDevice, stateOf } from "./devices-of.ts";
import { firstMissing } from "./devices-present.ts";
import { type LargeQueues, largeQueues } from "./large-queues.ts";
import { ends, NOTHING, stateRefused } from "./problem.ts";

/** Each virtio device holds its own state in the element `virtio` of its type. */
const ELEMENT = "virtio";

export const virtqueuesFit: Factor = {
  rule: "VIRTQUEUES_FIT",
  purpose: "Checks that no virtqueue is sent with more entries than it has on the destination.",
  reference: "hw/virtio/virtio.c, virtio_add_queue() and virtio_load()",
  find(pair) {
    const large = largeQueues(pair);
    if (large.length === 0) return NOTHING;
    const missing = Math.min(firstMissing(pair), firstOfOtherConfig(pair));
    const sent = devicesOf(pair.source);
    return large.flatMap((queues) => {
      const { at, device } = queues;
      if (at === undefined) return [];
      const error = refusedQueue(pair.destination, device, at, queues.sent, queues.own);
      const problem = ends(
        "switchover",
        stateRefused(pair, error),
        queueArgs(pair, queues),
        queueFacts(pair),
      );
      return sent.indexOf(device) < missing ? problem : { ...problem, ending: null };
    });
  },
};

/** What the wording of large queues is filled with. */
export function queueArgs(pair: Pair, { device, sent, own, sizedBy }: LargeQueues) {
  return { driver: device.driver, sent, own, sizedBy, ear: earOf(pair) };
}

export function queueFacts({ source, destination }: Pair) {
  return [
    ...chaptersFor(source, QUEUES_SENT_AS, VIRTQUEUES_OF_1024),
    ...chaptersFor(destination, QUEUE_TOO_LARGE, VIRTQUEUES),
  ];
}

function refusedQueue(
  end: End,
  { sections }: PlacedDevice,
  at: number,
  sent: number,
  own: number,
): LoadError {
  const [{ idstr, instance } = { idstr: "", instance: 0 }] = sections;
  const state = stateOf(sections[0]);
  const queue = loadError(end, "EINVAL", QUEUE_TOO_LARGE, at, sent, own);
  const element = within(end, queue, ELEMENT_REFUSED, ELEMENT, ELEMENT, negative("EINVAL"));
  const printed = end.say(FIELD_PRINTED, state, ELEMENT);
  const field = printed ? { ...element, printed: [...element.printed, printed.text] } : element;
  return within(end, field, START_FAILED, instance, idstr);
}
