import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** The text for memory that the kernel does not watch. */
export const USERFAULT_REGISTER: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/postcopy/userfault/register",
    claim: "Memory that userfaultfd does not take is told with the errno.",
    value: { template: "ram_block_enable_notify userfault register: %s", to: "stderr" },
    since: "2.5",
    evidence: [
      { kind: "source", where: "2.5.0 to 11.1.0: migration/postcopy-ram.c, ram_block_enable_notify()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3: shared memory of a file on ext4" },
    ],
  },
];

/** The text for memory that the kernel did not watch. */
export const USERFAULT_UNREGISTER: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/postcopy/userfault/unregister",
    claim: "Memory that was not watched cannot be let go.",
    value: { template: "cleanup_range: userfault unregister %s", to: "stderr" },
    since: "2.5",
    evidence: [
      { kind: "source", where: "2.5.0 to 11.1.0: migration/postcopy-ram.c, cleanup_range()" },
      { kind: "run", of: "5.2.0, 7.2.22: shared memory of a file on ext4" },
    ],
  },
];

/** The text for a host that cannot do userfaultfd. */
export const USERFAULT_HOST: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/postcopy/userfault/host",
    claim: "The host is tried out when the capability is set.",
    value: { template: "postcopy_ram_supported_by_host userfault register: %s", to: "stderr" },
    since: "2.5",
    until: "8.1",
    evidence: [
      { kind: "source", where: "2.5.0 to 8.0.0: migration/postcopy-ram.c, postcopy_ram_supported_by_host()" },
    ],
  },
];

/** The text for postcopy-ram with memory that cannot be watched. */
export const UNSUPPORTED_MEMORY: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/postcopy/unsupported-memory/bare/printed",
    claim: "Postcopy that the host cannot do is refused.",
    value: { template: "Postcopy is not supported", to: "stderr" },
    since: "2.7",
    until: "2.10",
    evidence: [
      { kind: "source", where: "2.7.0 to 2.9.0: migration/migration.c, qmp_migrate_set_capabilities()" },
    ],
  },
  {
    id: "qemu/postcopy/unsupported-memory/bare/told",
    claim: "It is told in the error.",
    value: { template: "Postcopy is not supported", to: "error" },
    since: "2.10",
    until: "8.1",
    evidence: [{ kind: "source", where: "2.10.0 to 8.0.0: migration/migration.c, migrate_caps_check()" }],
  },
  {
    id: "qemu/postcopy/unsupported-memory/reason",
    claim: "The reason follows.",
    value: { template: "Postcopy is not supported: %s", to: "error" },
    since: "8.1",
    evidence: [
      { kind: "source", where: "8.1.0 to 11.1.0: migration/options.c, migrate_caps_check()" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
  },
];

/** The text for shared memory of a file. */
export const FILE_SYSTEM_UNSUPPORTED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/postcopy/unsupported-memory/file-system",
    claim: "Shared memory has to be of tmpfs or hugetlbfs.",
    value: { template: "Host backend files need to be TMPFS or HUGETLBFS only", to: "error" },
    since: "8.1",
    evidence: [
      { kind: "source", where: "8.1.0 to 11.1.0: migration/postcopy-ram.c, test_ramblock_postcopiable()" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
  },
];

/** The text for a source that cannot open the return path. */
export const RETURN_PATH_UNOPENED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/source/return-path-unopened/printed",
    claim: "Without a return path there is no postcopy.",
    value: { template: "Unable to open return-path for postcopy", to: "stderr" },
    since: "2.5",
    until: "8.1",
    evidence: [{ kind: "source", where: "2.5.0 to 8.0.0: migration/migration.c, migrate_fd_connect()" }],
  },
  {
    id: "qemu/source/return-path-unopened/told",
    claim: "It is told in the error.",
    value: { template: "Unable to open return-path for postcopy", to: "error" },
    since: "8.1",
    until: "10.2",
    evidence: [{ kind: "source", where: "8.1.0 to 10.1.0: migration/migration.c, migrate_fd_connect()" }],
  },
];
