import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** The line with which a load ends that failed; behind the errno stands what LOAD_REASON tells. */
export const LOAD_FAILED_TEXT: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/load/failed/printed",
    claim: "A failed load is printed with its errno.",
    value: { template: "load of migration failed: %s", to: "stderr" },
    since: "2.5",
    until: "9.1",
    evidence: [
      { kind: "source", where: "2.5.0 to 9.0.0: migration/migration.c, process_incoming_migration_co()" },
      { kind: "run", of: "5.2.0, 7.2.22" },
    ],
  },
  {
    id: "qemu/load/failed/told",
    claim: "It is the error of the migration too, and printed when the process exits.",
    value: { template: "load of migration failed: %s", to: "error" },
    since: "9.1",
    evidence: [
      { kind: "source", where: "9.1.0 to 11.1.0: migration/migration.c, process_incoming_migration_co()" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
  },
];

/** The text for a snapshot that cannot be loaded. */
export const STATE_OF_SNAPSHOT: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/load/snapshot-failed/printed",
    claim: "A snapshot that cannot be loaded is printed with its errno's number.",
    value: { template: "Error %d while loading VM state", to: "stderr" },
    since: "2.5",
    until: "2.10",
    evidence: [
      { kind: "source", where: "2.5.0 to 2.9.0: migration/savevm.c, load_vmstate(), load_snapshot()" },
    ],
  },
  {
    id: "qemu/load/snapshot-failed/told",
    claim: "It is told in the error.",
    value: { template: "Error %d while loading VM state", to: "error" },
    since: "2.10",
    until: "10.2",
    evidence: [{ kind: "source", where: "2.10.0 to 10.1.0: migration/savevm.c, load_snapshot()" }],
  },
];
