import { endOf } from "../check/end.ts";
import { namesRefused } from "../check/factors/settings/mapping-names.ts";
import { valueAt } from "../facts/fact.ts";
import { ALIASES } from "../facts/qemu/dirty-bitmap/dirty-bitmap.ts";
import { MAPPING_TRANSFORM, type MappingLimits } from "../facts/qemu/settings/mapping-errors.ts";
import { byteLength } from "./byte-length.ts";
import { error, keyOf, type MappingContext } from "./check-full-map.ts";
import type { BlockBitmapMapping, MappingDocument, MappingFinding } from "./mapping.ts";
import { meeting } from "./meeting.ts";

type Shipped = Extract<MappingDocument, { readonly kind: "block-bitmap-mapping" }>;

/** Checks the shipped parameter: what QEMU would refuse, which bitmaps it leaves out, and whether both sides meet. */
export function checkShipped(
  { source, destination }: Shipped,
  context: MappingContext,
  limits: MappingLimits,
): readonly MappingFinding[] {
  const { release } = context;
  if (!valueAt(ALIASES, release, "later"))
    return [
      error(
        "MAPPING_KNOWN",
        "",
        `QEMU ${release} has no block-bitmap-mapping: it is there since 5.2.`,
        "Use the same node names on both sides, or a newer release.",
      ),
    ];
  const at = destination ? "source" : "block-bitmap-mapping";
  return [
    ...oneSide(source, at, context, limits),
    ...(destination ? oneSide(destination, "destination", context, limits) : []),
    ...uncovered(source, at, context),
    ...meeting(source, destination, context, at),
  ];
}

function oneSide(
  mapping: BlockBitmapMapping,
  root: string,
  { release }: MappingContext,
  limits: MappingLimits,
): readonly MappingFinding[] {
  const findings: MappingFinding[] = [];
  const refused = namesRefused(endOf("source", { qemu: release }), mapping);
  if (refused !== undefined)
    findings.push(
      error(
        "MAPPING_TAKEN",
        root,
        `QEMU ${release} refuses it: ${refused}`,
        "Correct the name that it complains of; every alias and every name may be used once.",
      ),
    );
  for (const [i, { alias, bitmaps }] of mapping.entries()) {
    const path = `${root}[${i}]`;
    if (byteLength(alias) > limits.alias) findings.push(long(`${path}.alias`, alias, limits.alias));
    for (const [j, bitmap] of bitmaps.entries()) {
      const at = `${path}.bitmaps[${j}]`;
      if (byteLength(bitmap.alias) > limits.alias)
        findings.push(long(`${at}.alias`, bitmap.alias, limits.alias));
      if (bitmap.transform && !valueAt(MAPPING_TRANSFORM, release, "later"))
        findings.push(
          error(
            "TRANSFORM_KNOWN",
            `${at}.transform`,
            `QEMU ${release} refuses transform, which is there since 6.0.`,
            "Take it out; the bitmap is persistent on the destination as it is on the source.",
          ),
        );
    }
  }
  return findings;
}

function long(path: string, alias: string, most: number): MappingFinding {
  return error(
    "ALIAS_FITS",
    path,
    `An alias has at most ${most} bytes; this one has ${byteLength(alias)}.`,
    "Choose a shorter alias, the same on both sides.",
  );
}

/** The shipped parameter has no word for dropping: what it leaves out is dropped. */
function uncovered(
  source: BlockBitmapMapping,
  root: string,
  { bitmaps }: MappingContext,
): readonly MappingFinding[] {
  if (!bitmaps) return [];
  const covered = new Set(
    source.flatMap((each) => each.bitmaps.map((bitmap) => keyOf(each["node-name"], bitmap.name))),
  );
  return bitmaps
    .filter(({ node, name }) => !covered.has(keyOf(node, name)))
    .map(({ node, name }) =>
      error(
        "BITMAP_COVERED",
        root,
        `Bitmap '${name}' on node '${node}' is left out, which drops it without a word.`,
        "Give it an alias; if it is to be dropped, say so in a full map and translate that.",
      ),
    );
}
