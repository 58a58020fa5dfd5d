import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** The text for a channel that has ended while the source still sends. */
export const SEND_CHANNEL_QUIT: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/multifd/send/has-quit/pages",
    claim: "Pages cannot go on a channel that has ended.",
    value: { template: "multifd_send_pages: channel %d has already quit!", to: "stderr" },
    since: "4.1",
    until: "9.0",
    evidence: [
      { kind: "source", where: "4.1.0 to 8.2.0: migration/ram.c, migration/multifd.c, multifd_send_pages()" },
      { kind: "run", of: "5.2.0, 7.2.22" },
    ],
  },
];

/** The text for a channel that has ended when all are to be synchronised. */
export const SEND_SYNC_QUIT: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/multifd/send/has-quit/sync",
    claim: "A channel that has ended cannot be synchronised.",
    value: { template: "multifd_send_sync_main: channel %d has already quit", to: "stderr" },
    since: "4.1",
    until: "9.0",
    evidence: [
      {
        kind: "source",
        where: "4.1.0 to 8.2.0: migration/ram.c, migration/multifd.c, multifd_send_sync_main()",
      },
      { kind: "run", of: "5.2.0, 7.2.22" },
    ],
  },
];

/** The text for pages that could not be handed to any channel. */
export const SEND_FAILED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/multifd/send/failed/pages",
    claim: "Pages that are left cannot be sent.",
    value: { template: "multifd_send_sync_main: multifd_send_pages fail", to: "stderr" },
    since: "4.1",
    until: "9.2",
    evidence: [
      {
        kind: "source",
        where: "4.1.0 to 9.1.0: migration/ram.c, migration/multifd.c, multifd_send_sync_main()",
      },
    ],
  },
  {
    id: "qemu/multifd/send/failed/flush",
    claim: "The function has another name.",
    value: { template: "multifd_ram_flush_and_sync: multifd_send fail", to: "stderr" },
    since: "9.2",
    evidence: [
      { kind: "source", where: "9.2.0 to 11.1.0: migration/multifd-nocomp.c, multifd_ram_flush_and_sync()" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
  },
];
