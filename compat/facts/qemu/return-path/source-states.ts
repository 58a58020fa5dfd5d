import type { Fact } from "../../fact.ts";

/** What becomes of a migration whose return path is not understood. */
export const AFTER_RETURN_PATH_ERROR: readonly Fact<"unnoticed" | "closes" | "latent">[] = [
  {
    id: "qemu/source/return-path-error/unnoticed",
    claim: "An error of the return path is looked at only when the migration is complete.",
    value: "unnoticed",
    since: "2.5",
    until: "2.7",
    evidence: [
      { kind: "source", where: "2.5, 2.6: migration/migration.c, await_return_path_close_on_source()" },
    ],
  },
  {
    id: "qemu/source/return-path-error/closes",
    claim:
      "The reader of the return path closes the socket when it ends, and the main channel with it: the next write fails.",
    value: "closes",
    since: "2.7",
    until: "8.2",
    evidence: [
      { kind: "source", where: "2.7 to 8.1: migration/migration.c, source_return_path_thread()" },
      { kind: "run", of: "5.2.0, 7.2.22" },
    ],
  },
  {
    id: "qemu/source/return-path-error/latent",
    claim:
      "An error of the return path is kept, and fails the migration when it is complete; until then it goes on.",
    value: "latent",
    since: "8.2",
    evidence: [
      { kind: "commit", commit: "7aa6070d09", release: "8.2" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
  },
];

/** A source that cannot write in postcopy pauses. */
export const POSTCOPY_PAUSES: readonly Fact[] = [
  {
    id: "qemu/source/postcopy-pauses",
    claim: "A source whose channel breaks in postcopy waits to be recovered.",
    value: true,
    since: "3.0",
    evidence: [
      { kind: "source", where: "3.0: migration/migration.c, postcopy_pause()" },
      { kind: "run", of: "5.2.0, 7.2.22" },
    ],
  },
];

/** Who closes the socket first when the peer is gone in postcopy. */
export const READER_RELEASES: readonly Fact[] = [
  {
    id: "qemu/source/reader-releases",
    claim: "The reader of the return path shuts the socket down before it waits for a recovery.",
    value: true,
    since: "6.1",
    until: "8.2",
    evidence: [
      { kind: "commit", commit: "43044ac0ee57", release: "6.1" },
      { kind: "source", where: "6.1 to 8.1: migration/migration.c, migration_release_from_dst_file()" },
      { kind: "run", of: "7.2.22" },
    ],
    notes: "Before, the thread that writes finds out by itself, while it saves RAM.",
  },
];

/** A source that waits in a recovery learns of an error of its return path. */
export const RECOVERY_NOTICES: readonly Fact[] = [
  {
    id: "qemu/source/recovery-notices",
    claim: "An error of the return path ends a recovery, and the source pauses again.",
    value: true,
    since: "8.2",
    evidence: [
      { kind: "commit", commit: "5e79a4bf0322", release: "8.2" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
    notes: "Before, the source waits for ever for a bitmap or an acknowledgement.",
  },
];

/** The error is told in whatever status; before only in failed. */
export const ERROR_DESC_ALWAYS: readonly Fact[] = [
  {
    id: "qemu/source/error-desc-always",
    claim: "query-migrate tells the error in every status.",
    value: true,
    since: "8.2",
    evidence: [
      { kind: "source", where: "8.1, 8.2: migration/migration.c, fill_source_migration_info()" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
  },
];

/** The status on completion is device, and not active. */
export const DEVICE_ALWAYS: readonly Fact[] = [
  {
    id: "qemu/source/device-always",
    claim: "A source is in status device while it completes, also without pause-before-switchover.",
    value: true,
    since: "10.0",
    evidence: [
      { kind: "commit", commit: "48814111366b", release: "10.0" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
  },
];

/** The status until the destination has loaded the package. */
export const POSTCOPY_DEVICE: readonly Fact<"waits" | "gives-up">[] = [
  {
    id: "qemu/source/postcopy-device/waits",
    claim:
      "Postcopy is in status postcopy-device until the package was loaded; without that message the source waits for ever.",
    value: "waits",
    since: "10.2",
    until: "11.1",
    evidence: [{ kind: "commit", commit: "7b842fe354c6", release: "10.2" }],
  },
  {
    id: "qemu/source/postcopy-device/gives-up",
    claim:
      "Postcopy is in status postcopy-device until the package was loaded, or fails when the return path does.",
    value: "gives-up",
    since: "11.1",
    evidence: [
      { kind: "source", where: "11.1: migration/migration.c, migration_iteration_run()" },
      { kind: "run", of: "11.1.3" },
    ],
  },
];

/** The RAM blocks that a pc without further devices has besides its main memory. */
export const PC_ROMS: readonly Fact<readonly string[]>[] = [
  {
    id: "qemu/source/pc-roms",
    claim: "A pc has blocks for its firmware, option ROMs and ACPI tables.",
    value: ["pc.bios", "pc.rom", "/rom@etc/acpi/tables", "/rom@etc/table-loader", "/rom@etc/acpi/rsdp"],
    since: "2.5",
    evidence: [{ kind: "run", of: "captures of pc-i440fx and pc-q35 of 5.2.0, 7.2.22, 10.0.13, 11.1.3" }],
    notes: "Older releases were not compared.",
  },
];
