import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** The text for a block of a disk that the destination does not have. */
export const DISK_UNKNOWN: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/blocks/disk-unknown",
    claim: "A disk is looked up by the name of its device.",
    value: { template: "Error unknown block device %s", to: "stderr" },
    since: "2.5",
    until: "9.1",
    evidence: [{ kind: "source", where: "2.5.0 to 9.0.0: migration/block.c, block_load()" }],
  },
];

/** The text for flags that mean nothing. */
export const BLOCK_FLAGS_UNKNOWN: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/blocks/flags/alternate",
    claim: "Flags that mean nothing are refused; 0 is printed without 0x.",
    value: { template: "Unknown block migration flags: %#x", to: "stderr" },
    since: "2.5",
    until: "5.2",
    evidence: [{ kind: "source", where: "2.5.0 to 5.1.0: migration/block.c, block_load()" }],
  },
  {
    id: "qemu/blocks/flags/prefixed",
    claim: "0x is always printed.",
    value: { template: "Unknown block migration flags: 0x%x", to: "stderr" },
    since: "5.2",
    until: "9.1",
    evidence: [{ kind: "source", where: "5.2.0 to 9.0.0: migration/block.c, block_load()" }],
  },
];
