import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** How a destination waits for the four bytes that it peeks at. */
export const PEEK_WAIT: readonly Fact<"polls" | "waits">[] = [
  {
    id: "qemu/channels/peek-wait/polls",
    claim: "A destination that peeks looks every millisecond whether four bytes are there.",
    value: "polls",
    since: "8.0",
    until: "10.2",
    evidence: [
      { kind: "source", where: "8.0.0, 10.0.0: migration/channel.c, migration_channel_read_peek()" },
    ],
  },
  {
    id: "qemu/channels/peek-wait/waits",
    claim: "A destination that peeks waits until there is something to read.",
    value: "waits",
    since: "10.2",
    evidence: [{ kind: "commit", commit: "604bb1badcad", release: "10.2" }],
  },
];

/** What a connection becomes that cannot be peeked at. */
export const PEEK_IMPOSSIBLE: readonly Fact<readonly string[]>[] = [
  {
    id: "qemu/channels/peek-impossible",
    claim:
      "The first connection that cannot be peeked at is the main channel, and each further one a multifd channel.",
    value: ["main", "multifd"],
    since: "8.0",
    evidence: [
      { kind: "source", where: "8.0.0, 10.1.0: migration/migration.c, migration_ioc_process_incoming()" },
    ],
  },
];

/** The text for a connection too many that cannot be peeked at. */
export const PEEK_IMPOSSIBLE_TEXT: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/channels/peek-impossible-without-multifd",
    claim: "A further connection that cannot be peeked at is refused without multifd.",
    value: { template: "non-peekable channel used without multifd", to: "error" },
    since: "10.1",
    evidence: [{ kind: "commit", commit: "00f3fcef1981", release: "10.1" }],
  },
];
