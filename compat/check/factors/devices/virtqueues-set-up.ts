import { completes } from "../../endings/completes.ts";
import { isHeard } from "../../endings/source-loses.ts";
import type { Factor } from "../../factor.ts";
import { largeQueues } from "./large-queues.ts";
import { ends, NOTHING } from "./problem.ts";
import { queueArgs, queueFacts } from "./virtqueues-fit.ts";

export const virtqueuesSetUp: Factor = {
  rule: "VIRTQUEUES_SET_UP",
  purpose:
    "Checks that no disk relies on firmware to have made its virtqueues small enough for the destination.",
  reference: "hw/virtio/virtio.c, virtio_load(); SeaBIOS, src/hw/virtio-blk.c",
  find(pair) {
    const large = largeQueues(pair);
    if (large.length === 0) return NOTHING;
    return large.flatMap((queues) => {
      if (queues.at !== undefined) return [];
      const lost = isHeard(pair) ? (["fails"] as const) : (["guest-lost", "fails"] as const);
      const ending = { ...completes(pair), alternatives: lost };
      return ends("done", ending, queueArgs(pair, queues), queueFacts(pair));
    });
  },
};
