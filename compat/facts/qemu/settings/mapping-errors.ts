import type { ErrorText } from "../../error-text.ts";
import type { Evidence, Fact } from "../../fact.ts";

const EVIDENCE: readonly Evidence[] = [
  { kind: "commit", commit: "31e4c354b3", release: "5.2" },
  { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3: migrate-set-parameters" },
];

/** Stands in front of each of the following. */
export const MAPPING_PREFIX: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/mapping-errors/prefix",
    claim: "What is wrong with a block-bitmap-mapping is told behind these words.",
    value: { template: "Invalid mapping given for block-bitmap-mapping: %s", to: "error" },
    since: "5.2",
    evidence: EVIDENCE,
  },
];

/** How long names and aliases may be, in bytes. */
export interface MappingLimits {
  readonly nodeName: number;
  readonly bitmapName: number;
  readonly alias: number;
}

/** Longest names and aliases of a mapping. */
export const MAPPING_LIMITS: readonly Fact<MappingLimits>[] = [
  {
    id: "qemu/mapping-errors/limits",
    claim: "A node has a name of 31 bytes at most, a bitmap of 1023, and an alias has at most 255.",
    value: { nodeName: 31, bitmapName: 1023, alias: 255 },
    since: "5.2",
    evidence: EVIDENCE,
  },
];

/** An alias of a node that is no identifier. */
export const NODE_ALIAS_FORM: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/mapping-errors/node-alias-form",
    claim:
      "An alias of a node begins with a letter and has letters, digits, hyphens, points and underscores behind it.",
    value: { template: "The node alias '%s' is not well-formed", to: "error" },
    since: "5.2",
    evidence: EVIDENCE,
  },
];

/** An alias of a node that is too long. */
export const NODE_ALIAS_LONG: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/mapping-errors/node-alias-long",
    claim: "A node alias that is too long is refused.",
    value: { template: "The node alias '%s' is longer than %u bytes", to: "error" },
    since: "5.2",
    evidence: EVIDENCE,
  },
];

/** A name of a node that is too long. */
export const NODE_NAME_LONG: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/mapping-errors/node-name-long",
    claim: "A node name that is too long is refused.",
    value: { template: "The node name '%s' is longer than %zu bytes", to: "error" },
    since: "5.2",
    evidence: EVIDENCE,
  },
];

/** A node that stands there twice. */
export const NODE_NAME_TWICE: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/mapping-errors/node-name-twice",
    claim: "A node is mapped once only.",
    value: { template: "The node name '%s' is mapped twice", to: "error" },
    since: "5.2",
    evidence: EVIDENCE,
  },
];

/** An alias that two nodes have. */
export const NODE_ALIAS_TWICE: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/mapping-errors/node-alias-twice",
    claim: "A node alias is used once only.",
    value: { template: "The node alias '%s' is used twice", to: "error" },
    since: "5.2",
    evidence: EVIDENCE,
  },
];

/** An alias of a bitmap that is too long. */
export const BITMAP_ALIAS_LONG: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/mapping-errors/bitmap-alias-long",
    claim: "A bitmap alias that is too long is refused.",
    value: { template: "The bitmap alias '%s' is longer than %u bytes", to: "error" },
    since: "5.2",
    evidence: EVIDENCE,
  },
];

/** A name of a bitmap that is too long. */
export const BITMAP_NAME_LONG: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/mapping-errors/bitmap-name-long",
    claim: "A bitmap name that is too long is refused.",
    value: { template: "The bitmap name '%s' is longer than %d bytes", to: "error" },
    since: "5.2",
    evidence: EVIDENCE,
  },
];

/** A bitmap that stands twice in its node. */
export const BITMAP_NAME_TWICE: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/mapping-errors/bitmap-name-twice",
    claim: "A bitmap of a node is mapped once only.",
    value: { template: "The bitmap '%s'/'%s' is mapped twice", to: "error" },
    since: "5.2",
    evidence: EVIDENCE,
  },
];

/** An alias that two bitmaps of a node have. */
export const BITMAP_ALIAS_TWICE: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/mapping-errors/bitmap-alias-twice",
    claim: "A bitmap alias is used once only in a node.",
    value: { template: "The bitmap alias '%s'/'%s' is used twice", to: "error" },
    since: "5.2",
    evidence: EVIDENCE,
  },
];

/** What else a bitmap's entry may have. */
export const MAPPING_TRANSFORM: readonly Fact[] = [
  {
    id: "qemu/mapping-errors/transform",
    claim: "The entry of a bitmap may have a transform, with whether the bitmap is to be persistent.",
    value: true,
    since: "6.0",
    evidence: [
      { kind: "source", where: "6.0.0: qapi/migration.json, BitmapMigrationBitmapAliasTransform" },
      { kind: "run", of: "7.2.22, 10.0.13, 11.1.3; not 5.2.0: migrate-set-parameters" },
    ],
  },
];
