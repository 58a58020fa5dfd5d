import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** What setting `block` is warned of. */
export const BLOCK_DEPRECATED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/capability-warnings/block",
    claim: "Setting any capability with block on is warned about.",
    value: {
      template: "warning: block migration is deprecated; use blockdev-mirror with NBD instead",
      to: "stderr",
    },
    since: "8.2",
    until: "9.1",
    evidence: [{ kind: "source", where: "8.2.0, 9.0.0: migration/options.c, migrate_caps_check()" }],
  },
];

/** What setting `compress` is warned of. */
export const COMPRESS_DEPRECATED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/capability-warnings/compress",
    claim: "Setting any capability with compress on is warned about.",
    value: {
      template: "warning: old compression method is deprecated; use multifd compression methods instead",
      to: "stderr",
    },
    since: "8.2",
    until: "9.1",
    evidence: [{ kind: "source", where: "8.2.0, 9.0.0: migration/options.c, migrate_caps_check()" }],
  },
];

/** What setting `zero-blocks` is warned of. */
export const ZERO_BLOCKS_DEPRECATED: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/capability-warnings/zero-blocks",
    claim: "Setting any capability with zero-blocks on is warned about.",
    value: { template: "warning: zero-blocks capability is deprecated", to: "stderr" },
    since: "9.2",
    until: "11.0",
    evidence: [
      { kind: "source", where: "9.2.0: migration/options.c, migrate_caps_check()" },
      { kind: "run", of: "10.0.13: migrate-set-capabilities" },
    ],
  },
];
