import { ZERO_COPY_MISSING, ZERO_COPY_SOCKETS } from "../../../facts/qemu/multifd/zero-copy.ts";
import { chaptersFor } from "../../chapters.ts";
import { sourceFails } from "../../endings/source-fails.ts";
import type { Factor } from "../../factor.ts";
import { emptyStream, peekFailed, peeks } from "./multifd-channel-lines.ts";
import { hasMultifd } from "./multifd-side.ts";
import { deciding, NOTHING } from "./problem.ts";

export const zeroCopyOverTcp: Factor = {
  rule: "ZERO_COPY_OVER_TCP",
  purpose: "Checks that a source which is to send without copying has a socket that can.",
  reference: "migration/socket.c, socket_outgoing_migration()",
  find(pair) {
    const { source, destination, transport, mode } = pair;
    if (!source.has("zero-copy-send") || mode === "save-and-restore" || !hasMultifd(source)) return NOTHING;
    if (source.value(ZERO_COPY_SOCKETS)?.includes(transport) !== false) return NOTHING;
    const text = source.say(ZERO_COPY_MISSING)?.text ?? null;
    const peeked = peeks(pair) ? peekFailed(destination) : null;
    const ending = sourceFails("connect", text, peeked === null ? emptyStream(destination) : [peeked]);
    return deciding(
      "connect",
      ending,
      { transport },
      chaptersFor(source, ZERO_COPY_SOCKETS, ZERO_COPY_MISSING),
    );
  },
};
