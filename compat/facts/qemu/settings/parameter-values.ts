import type { Fact } from "../../fact.ts";

/** `null` for tls-authz. */
export const TLS_AUTHZ_NULL: readonly Fact<string>[] = [
  {
    id: "qemu/parameter-values/tls-authz-null/4.0",
    claim: "null for tls-authz ends the process in an assertion.",
    value: "migrate_params_apply: Assertion `params->tls_authz->type == QTYPE_QSTRING' failed.",
    since: "4.0",
    until: { after: "7.2", atLatest: "7.2.22" },
    evidence: [
      { kind: "source", where: "4.0.0, 7.2.0: migration/migration.c, migrate_params_apply()" },
      { kind: "run", of: "5.2.0; not 7.2.22: migrate-set-parameters" },
    ],
    notes: "Commit 86dec715a7 of 8.2 is the cure.",
  },
  {
    id: "qemu/parameter-values/tls-authz-null/8.0",
    claim: "null for tls-authz still does so.",
    value: "migrate_params_apply: Assertion `params->tls_authz->type == QTYPE_QSTRING' failed.",
    since: "8.0",
    until: "8.2",
    evidence: [
      { kind: "source", where: "8.1.0: migration/options.c, migrate_params_apply()" },
      { kind: "commit", commit: "86dec715a7", release: "8.2" },
    ],
    notes: "Stable releases of 8.0 and 8.1 were not looked at.",
  },
];

/** Whether the parameters of TLS may be null as well as strings. */
export const TLS_MAY_BE_NULL: readonly Fact[] = [
  {
    id: "qemu/parameter-values/tls-may-be-null",
    claim:
      "The parameters of TLS are taken as null too, which is the empty string; what is refused is neither.",
    value: true,
    since: "2.10",
    evidence: [
      { kind: "source", where: "2.10.0: qapi/migration.json, MigrateSetParameters" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3: migrate-set-parameters" },
    ],
  },
];

/** Words of `multifd-compression` that builds of a release were made without. */
export const COMPRESSION_NOT_BUILT: readonly Fact<readonly string[]>[] = [
  {
    id: "qemu/parameter-values/compression-not-built/zstd",
    claim: "Debian's build of 5.2.0, the only one that is known, is without zstd.",
    value: ["zstd"],
    since: "5.2",
    until: "6.0",
    evidence: [{ kind: "run", of: "5.2.0 (Debian 1:5.2+dfsg-11+deb11u3): migrate-set-parameters" }],
    notes: "Another build may have it.",
  },
  {
    id: "qemu/parameter-values/compression-not-built/zstd-built",
    claim: "zstd is in the builds that are known.",
    value: [],
    since: "6.0",
    until: "9.1",
    evidence: [{ kind: "run", of: "7.2.22 (Debian 1:7.2+dfsg-7+deb12u18): migrate-set-parameters" }],
  },
  {
    id: "qemu/parameter-values/compression-not-built/accelerated",
    claim: "The methods that need hardware are in none of the builds that are known.",
    value: ["qatzip", "qpl", "uadk"],
    since: "9.1",
    evidence: [{ kind: "run", of: "10.0.13, 11.1.3 (Debian): migrate-set-parameters" }],
    notes: "Another build may have them.",
  },
];
