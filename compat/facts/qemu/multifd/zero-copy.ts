import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** Sockets on which Linux sends without copying. */
export const ZERO_COPY_SOCKETS: readonly Fact<readonly string[]>[] = [
  {
    id: "qemu/multifd/zero-copy/sockets",
    claim: "Zero copy needs sockets on which Linux takes SO_ZEROCOPY: those of TCP, not those of Unix.",
    value: ["tcp"],
    since: "7.1",
    evidence: [
      { kind: "source", where: "7.1.0 to 11.0.0: io/channel-socket.c, qio_channel_socket_connect_sync()" },
      { kind: "run", of: "7.2.22 to 11.1.3, 11.1.3 to 10.0.13: over unix" },
    ],
  },
];

/** The text for a socket without it. */
export const ZERO_COPY_MISSING: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/multifd/zero-copy/missing",
    claim: "The source fails as soon as it is connected.",
    value: { template: "Zero copy send feature not detected in host kernel", to: "error" },
    since: "7.1",
    evidence: [
      { kind: "source", where: "7.1.0 to 11.0.0: migration/socket.c, socket_outgoing_migration()" },
      { kind: "run", of: "7.2.22, 11.1.3" },
    ],
  },
];
