import { valueAt } from "../facts/fact.ts";
import { MAPPING_LIMITS, type MappingLimits } from "../facts/qemu/settings/mapping-errors.ts";
import { checkFullMap, type MappingContext } from "./check-full-map.ts";
import { checkShipped } from "./check-shipped.ts";
import type { FullMap, MappingDocument, MappingFinding, MappingKind } from "./mapping.ts";
import { readMapping } from "./read.ts";
import { type BothSides, toFullMap, toShipped } from "./translate.ts";

/** A mapping file, checked, and translated if that was asked for. */
export interface CheckedMapping {
  /** Undefined: its form is wrong. */
  readonly kind: MappingKind | undefined;
  readonly findings: readonly MappingFinding[];
  readonly translation: MappingTranslation | undefined;
}

/** The mapping in the other words. */
export type MappingTranslation =
  | { readonly kind: "full-map"; readonly "full-map": FullMap }
  | ({ readonly kind: "block-bitmap-mapping" } & BothSides);

/** Limits of the parameter since it exists; a full map for an older release is held to them as well. */
const LIMITS: MappingLimits = MAPPING_LIMITS[0]?.value ?? { nodeName: 31, bitmapName: 1023, alias: 255 };

/** Checks a mapping file. Throws a MappingError where it is none. */
export function checkMapping(text: string, context: MappingContext, to?: MappingKind): CheckedMapping {
  const { document, findings: form } = readMapping(text);
  if (!document) return { kind: undefined, findings: form, translation: undefined };
  const limits = valueAt(MAPPING_LIMITS, context.release, "later") ?? LIMITS;
  const checked =
    document.kind === "full-map"
      ? checkFullMap(document.entries, context, limits)
      : checkShipped(document, context, limits);
  const translated = to && to !== document.kind ? translate(document, limits) : undefined;
  return {
    kind: document.kind,
    findings: [...form, ...checked, ...(translated?.findings ?? [])],
    translation: translated?.value,
  };
}

function translate(document: MappingDocument, limits: MappingLimits) {
  if (document.kind === "full-map") {
    const { value, findings } = toShipped(document.entries, limits);
    return { value: { kind: "block-bitmap-mapping", ...value } as const, findings };
  }
  const { value, findings } = toFullMap(document.source, document.destination);
  return { value: { kind: "full-map", "full-map": value } as const, findings };
}
