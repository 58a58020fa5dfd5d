import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** RECV_BITMAP without a payload. */
export const BITMAP_WITHOUT_NAME: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/return-path/error/bitmap-without-name/printed",
    claim: "A RECV_BITMAP must name a block, in a line on stderr.",
    value: { template: "source_return_path_thread: missing block name", to: "stderr" },
    since: "3.0",
    until: "8.2",
    evidence: [
      { kind: "source", where: "3.0 to 8.1: migration/migration.c, source_return_path_thread()" },
      { kind: "run", of: "5.2.0, 7.2.22" },
    ],
  },
  {
    id: "qemu/return-path/error/bitmap-without-name/told",
    claim: "A RECV_BITMAP must name a block, in the error of the migration.",
    value: { template: "MIG_RP_MSG_RECV_BITMAP missing block name", to: "error" },
    since: "8.2",
    evidence: [
      { kind: "commit", commit: "7aa6070d09", release: "8.2" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
  },
];

/** RECV_BITMAP of a block that the source does not have. */
export const BITMAP_UNKNOWN_BLOCK: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/return-path/error/bitmap-unknown-block/printed",
    claim: "A RECV_BITMAP must name a block of the source, in a line on stderr.",
    value: { template: "migrate_handle_rp_recv_bitmap: invalid block name '%s'", to: "stderr" },
    since: "3.0",
    until: "8.2",
    evidence: [
      { kind: "source", where: "3.0 to 8.1: migration/migration.c, migrate_handle_rp_recv_bitmap()" },
      { kind: "run", of: "7.2.22" },
    ],
  },
  {
    id: "qemu/return-path/error/bitmap-unknown-block/told",
    claim: "A RECV_BITMAP must name a block of the source, in the error of the migration.",
    value: { template: "MIG_RP_MSG_RECV_BITMAP has invalid block name '%s'", to: "error" },
    since: "8.2",
    evidence: [
      { kind: "commit", commit: "7aa6070d09", release: "8.2" },
      { kind: "run", of: "10.0.13" },
    ],
  },
];

/** RECV_BITMAP while nothing is being recovered. */
export const BITMAP_STATE: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/return-path/error/bitmap-state/printed",
    claim: "Bitmaps are taken in a recovery only, in a line on stderr.",
    value: { template: "ram_dirty_bitmap_reload: incorrect state %s", to: "stderr" },
    since: "3.0",
    until: "8.2",
    evidence: [
      { kind: "source", where: "3.0 to 8.1: migration/ram.c, ram_dirty_bitmap_reload()" },
      { kind: "run", of: "5.2.0, 7.2.22" },
    ],
  },
  {
    id: "qemu/return-path/error/bitmap-state/told",
    claim: "Bitmaps are taken in a recovery only, in the error of the migration.",
    value: { template: "Reload bitmap in incorrect state %s", to: "error" },
    since: "8.2",
    evidence: [
      { kind: "commit", commit: "7aa6070d09", release: "8.2" },
      { kind: "run", of: "10.0.13, 11.1.3" },
    ],
  },
];

/** A bitmap of a size that the block has not. */
export const BITMAP_SIZE: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/return-path/error/bitmap-size/printed",
    claim: "A bitmap must have the size of its block, in a line on stderr.",
    value: {
      template: "ram_dirty_bitmap_reload: ramblock '%s' bitmap size mismatch (0x%llx != 0x%llx)",
      to: "stderr",
    },
    since: "3.0",
    until: "8.2",
    evidence: [
      { kind: "source", where: "3.0 to 8.1: migration/ram.c, ram_dirty_bitmap_reload()" },
      { kind: "run", of: "7.2.22" },
    ],
  },
  {
    id: "qemu/return-path/error/bitmap-size/told",
    claim: "A bitmap must have the size of its block, in the error of the migration.",
    value: { template: "ramblock '%s' bitmap size mismatch (0x%llx != 0x%llx)", to: "error" },
    since: "8.2",
    evidence: [
      { kind: "commit", commit: "7aa6070d09", release: "8.2" },
      { kind: "run", of: "10.0.13" },
    ],
  },
];

/** The end comes within a bitmap. */
export const BITMAP_CUT: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/return-path/error/bitmap-cut/printed",
    claim: "A bitmap must be whole, in a line on stderr.",
    value: {
      template:
        "ram_dirty_bitmap_reload: read bitmap failed for ramblock '%s': %d (size 0x%llx, got: 0x%llx)",
      to: "stderr",
    },
    since: "3.0",
    until: "8.2",
    evidence: [
      { kind: "source", where: "3.0 to 8.1: migration/ram.c, ram_dirty_bitmap_reload()" },
      { kind: "run", of: "7.2.22" },
    ],
  },
  {
    id: "qemu/return-path/error/bitmap-cut/told",
    claim: "A bitmap must be whole, in the error of the migration.",
    value: { template: "read bitmap failed for ramblock '%s': (size 0x%llx, got: 0x%llx)", to: "error" },
    since: "8.2",
    evidence: [
      { kind: "commit", commit: "7aa6070d09", release: "8.2" },
      { kind: "run", of: "10.0.13" },
    ],
  },
];

/** Another word than the end mark behind a bitmap. */
export const BITMAP_END: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/return-path/error/bitmap-end/printed",
    claim: "A bitmap must be followed by its end mark, in a line on stderr.",
    value: { template: "ram_dirty_bitmap_reload: ramblock '%s' end mark incorrect: 0x%llu", to: "stderr" },
    since: "3.0",
    until: "5.2",
    evidence: [
      { kind: "source", where: "3.0 to 8.1: migration/ram.c, ram_dirty_bitmap_reload()" },
      { kind: "run", of: "7.2.22" },
    ],
  },
  {
    id: "qemu/return-path/error/bitmap-end/reprinted",
    claim: "A bitmap must be followed by its end mark, in a line on stderr with other figures.",
    value: { template: "ram_dirty_bitmap_reload: ramblock '%s' end mark incorrect: 0x%llx", to: "stderr" },
    since: "5.2",
    until: "8.2",
    evidence: [{ kind: "source", where: "5.2 to 8.1: migration/ram.c, ram_dirty_bitmap_reload()" }],
  },
  {
    id: "qemu/return-path/error/bitmap-end/told",
    claim: "A bitmap must be followed by its end mark, in the error of the migration.",
    value: { template: "ramblock '%s' end mark incorrect: 0x%llx", to: "error" },
    since: "8.2",
    evidence: [
      { kind: "commit", commit: "7aa6070d09", release: "8.2" },
      { kind: "run", of: "10.0.13" },
    ],
  },
];

/** RESUME_ACK with another value than 1. */
export const RESUME_ACK_VALUE: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/return-path/error/resume-ack/printed",
    claim: "A RESUME_ACK must carry 1, in a line on stderr.",
    value: { template: "migrate_handle_rp_resume_ack: illegal resume_ack value %u", to: "stderr" },
    since: "3.0",
    until: "8.2",
    evidence: [
      { kind: "source", where: "3.0 to 8.1: migration/migration.c, migrate_handle_rp_resume_ack()" },
      { kind: "run", of: "7.2.22" },
    ],
  },
  {
    id: "qemu/return-path/error/resume-ack/told",
    claim: "A RESUME_ACK must carry 1, in the error of the migration.",
    value: { template: "illegal resume_ack value %u", to: "error" },
    since: "8.2",
    evidence: [
      { kind: "commit", commit: "7aa6070d09", release: "8.2" },
      { kind: "run", of: "10.0.13" },
    ],
  },
];
