import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** The text for tls-creds that name no object. */
export const TLS_CREDENTIALS_MISSING: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/tls-errors/missing",
    claim: "The object that tls-creds names must exist.",
    value: { template: "No TLS credentials with id '%s'", to: "error" },
    since: "2.7",
    evidence: [{ kind: "source", where: "2.7.0 to 11.1.0-rc2: migration/tls.c, migration_tls_get_creds()" }],
  },
];

/** The text for tls-creds that name another object. */
export const TLS_CREDENTIALS_OTHER: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/tls-errors/other",
    claim: "The object that tls-creds names must be credentials.",
    value: { template: "Object with id '%s' is not TLS credentials", to: "error" },
    since: "2.7",
    evidence: [{ kind: "source", where: "2.7.0 to 11.1.0-rc2: migration/tls.c, migration_tls_get_creds()" }],
  },
];

/** The text for credentials of the other side. */
export const TLS_CREDENTIALS_ENDPOINT: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/tls-errors/endpoint",
    claim: "A source needs credentials of a client, a destination those of a server.",
    value: { template: "Expected TLS credentials for a %s endpoint", to: "error" },
    since: "2.7",
    until: "6.1",
    evidence: [{ kind: "source", where: "2.7.0 to 6.0.0: migration/tls.c, migration_tls_get_creds()" }],
  },
];

/** The text for a transport without a host's name to check. */
export const TLS_HOST_MISSING: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/tls-errors/host",
    claim: "The name in the destination's certificate has to be told where the address has none.",
    value: { template: "No hostname available for TLS", to: "error" },
    since: "2.7",
    until: "7.1",
    evidence: [{ kind: "source", where: "2.7.0 to 7.0.0: migration/tls.c, migration_tls_client_create()" }],
  },
];
