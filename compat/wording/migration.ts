import { bytes, type Wordings } from "./phrases.ts";

const milliseconds = (nanoseconds: unknown) => `${(Number(nanoseconds) / 1e6).toFixed(3)} ms`;

/** What a peer makes of a message that comes when it should not. */
const EFFECTS: Readonly<Record<string, string>> = {
  refused: ": every released destination fails here",
  "source-fails": ": the source fails the migration over it, or pauses it",
  ignored: ": the peer ignores it, and the other side may wait for ever",
  "never-sent": ": no release sends it here",
};

/** Wording of findings about what the channels of a migration do together. */
export const migration = {
  CHANNEL_COMPLETE: [
    ({ ended, need, have }) =>
      ended === "open"
        ? "the capture ends while this channel is still in use"
        : `the connection ended (${ended}) before the stream on it did: ${bytes(need)} needed, ${have} left`,
    "All before it was read. What happened then is at the end of the timeline.",
  ],
  CHANNEL_RECOGNISED: [
    () => "this is no channel of a migration",
    "If it is one, say which with --as-format.",
  ],
  MAIN_CHANNEL_SEEN: [
    ({ ended }) =>
      `there are multifd channels, but no main channel${ended === "open" ? "" : `; this one ended with ${ended}`}`,
    "A destination without the multifd capability refuses every connection but the first.",
  ],
  MAIN_CHANNEL_FIRST: [
    ({ early }) =>
      `this multifd channel reached the destination ${milliseconds(early)} before the main channel`,
    "Destinations before 8.0 take the first connection for the main channel and fail here with “multifd: received packet magic 5145564d expected 11223344”.",
  ],
  MAIN_INIT_PROPOSED: [
    () => "the main channel begins with an identification packet that was proposed in 2019 and never merged",
    "Every released destination refuses the stream: it takes the connection for a multifd channel, or for no migration.",
  ],
  MIGRATION_COMPLETES: [
    ({ source, destination, proof, early }) =>
      `the migration did not complete: source ${source}, destination ${destination} (${proof})` +
      (early
        ? "; another connection reached the destination before the main channel, which it may have taken for that"
        : ""),
    "Where the source ended the connection it was cancelled, or failed there; otherwise the destination's log says why.",
  ],
  MIGRATION_IN_CAPTURE: [
    ({ connections }) => `none of the ${connections} connections in the capture is a migration`,
    "Take the capture on the interface and port that the migration uses, from before it begins.",
  ],
  POSTCOPY_PAUSED: [
    ({ recovered }) =>
      `the connection broke in postcopy, where the guest already runs on the destination; ${recovered === 1 ? "it was recovered on another connection" : "its recovery is not in this input"}`,
    "Neither side has the whole guest until a recovery (migrate-recover, then migrate with resume) has completed.",
  ],
  POSTCOPY_REQUESTS_ANSWERED: [
    ({ found }) =>
      `the destination says that all is well, but ${found} of its page requests were never answered`,
    "Were all connections of the migration captured? If so, parts of the guest may wait for these pages for ever.",
  ],
  PROTOCOL_ORDER_KEPT: [
    ({ message, expected, found, effect }) =>
      (expected === "" ? `${message} came once too often` : `${message} came without ${expected} before it`) +
      (found === "" ? "" : `, after ${found}`) +
      (EFFECTS[String(effect)] ?? ""),
    "Packets of another migration, or a peer that is no released QEMU, look like this.",
  ],
  TLS_OPAQUE: [
    () => "encrypted with TLS: what it holds cannot be read",
    "Migrate without tls-creds where that may be done, or capture at the source or destination above TLS.",
  ],
} satisfies Wordings;
