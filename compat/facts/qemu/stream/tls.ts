import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** What either side says of a TLS handshake that fails; %s is GnuTLS's text. */
export const TLS_HANDSHAKE_FAILED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/tls/handshake-failed",
    claim: "A TLS handshake that fails is told with the text of GnuTLS.",
    value: { template: "TLS handshake failed: %s", to: "error" },
    since: "2.7",
    evidence: [
      { kind: "source", where: "2.7.0 to 11.1.0-rc2: crypto/tlssession.c, qcrypto_tls_session_handshake()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3: tls-creds-anon on one side" },
    ],
  },
];

/** What the handshake's text ends in where the socket told why. */
export const TLS_SOCKET_ERROR: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/tls/socket-error",
    claim: "The error of the socket follows that of GnuTLS.",
    value: { template: "TLS handshake failed: %s: %s", to: "error" },
    since: "9.1",
    evidence: [
      { kind: "source", where: "9.1.0: crypto/tlssession.c, qcrypto_tls_session_handshake()" },
      { kind: "run", of: "10.0.13" },
    ],
  },
];

/** What TLS's first packet begins with, as a stream's magic. */
export const TLS_HELLO: readonly Fact<readonly number[]>[] = [
  {
    id: "qemu/tls/hello",
    claim:
      "A TLS client begins with a handshake record of version 3.1; the byte behind is the high one of its length.",
    value: [0x16030100, 0x16030101, 0x16030102],
    since: "2.7",
    evidence: [{ kind: "run", of: "10.0.13 to 11.1.3: unknown channel magic 369295616" }],
  },
];

/** A destination whose TLS handshake fails waits for another connection. */
export const TLS_FAILURE_SURVIVED: readonly Fact[] = [
  {
    id: "qemu/tls/failure-survived",
    claim: "A destination whose TLS handshake fails says so, and goes on waiting for a connection.",
    value: true,
    since: "2.7",
    evidence: [
      { kind: "source", where: "2.7.0 to 11.1.0-rc2: migration/tls.c, migration_tls_incoming_handshake()" },
      { kind: "run", of: "7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];
