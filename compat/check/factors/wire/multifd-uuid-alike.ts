import { CHANNEL_ERROR } from "../../../facts/qemu/multifd/channels.ts";
import { MULTIFD_INIT_PREFIX, MULTIFD_INIT_UUID } from "../../../facts/qemu/multifd/multifd-init-errors.ts";
import { chaptersFor } from "../../chapters.ts";
import type { Pair } from "../../end.ts";
import { destinationFails } from "../../endings/destination-fails.ts";
import { isHeard } from "../../endings/source-loses.ts";
import type { Factor } from "../../factor.ts";
import { bothMultifd, channelsOf } from "./multifd-side.ts";
import { deciding, NOTHING } from "./problem.ts";
import { uuidOf } from "./uuid-alike.ts";

const UNSET = "00000000-0000-0000-0000-000000000000";
/** How many orders of channels are tried in texts. */
const MOST_SHOWN = 4;

export const multifdUuidAlike: Factor = {
  rule: "MULTIFD_UUID_ALIKE",
  purpose: "Checks that the UUID of the guest, which opens each multifd channel, is the same on both sides.",
  reference: "migration/multifd.c, multifd_recv_initial_packet()",
  find(pair: Pair) {
    if (!bothMultifd(pair)) return NOTHING;
    const { source, destination } = pair;
    const [theirs, ours] = [uuidOf(source) ?? UNSET, uuidOf(destination) ?? UNSET];
    if (theirs === ours) return NOTHING;
    const channels = Math.min(channelsOf(source), channelsOf(destination));
    const prefix = destination.say(MULTIFD_INIT_PREFIX, 0)?.text ?? "";
    const line = (id: number) => prefix + (destination.say(MULTIFD_INIT_UUID, theirs, ours, id)?.text ?? "");
    const ids = Array.from({ length: channels }, (_, id) => id);
    const fatal = destination.value(CHANNEL_ERROR) === "fatal";
    const [lines, ...others] = fatal
      ? ids.slice(0, MOST_SHOWN).map((id) => [line(id)])
      : [ids.map(line), ids.toReversed().map(line)];
    const ending = destinationFails(pair, "setup", lines ?? [], {
      otherErrors: others.map((each) => each.join("\n")),
      noticed: "multifd",
      ...(!fatal && { stays: null }),
    });
    return deciding(
      "connect",
      ending,
      { theirs, ours, dangerous: !isHeard(pair) },
      chaptersFor(destination, MULTIFD_INIT_UUID, CHANNEL_ERROR),
    );
  },
};
