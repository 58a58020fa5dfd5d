/** A bitmap of a node in `block-bitmap-mapping`. */
export interface BitmapAlias {
  readonly name: string;
  readonly alias: string;
  readonly transform?: { readonly persistent?: boolean | undefined } | undefined;
}

/** A node in `block-bitmap-mapping`. */
export interface NodeAlias {
  readonly "node-name": string;
  readonly alias: string;
  readonly bitmaps: readonly BitmapAlias[];
}

/** The shipped parameter, as QMP takes it. */
export type BlockBitmapMapping = readonly NodeAlias[];

/** Where a bitmap of the source goes. */
export interface FullMapEntry {
  readonly "node-name": string;
  readonly name: string;
  /** Its node and name on the destination. */
  readonly to?: { readonly "node-name": string; readonly name: string } | undefined;
  /** It is to stay behind. */
  readonly drop?: true | undefined;
}

/**
 * Every bitmap of the source by both its names, and where it goes. On 1 October 2019 qemu-devel ("bitmap migration bug with
 * -drive while block mirror runs") thought of a command that maps names of nodes between the two sides; no grammar of it was
 * written down that could be found. This one says for each bitmap what that thread asked to be sayable.
 */
export type FullMap = readonly FullMapEntry[];

/** What a mapping file holds. */
export type MappingDocument =
  | { readonly kind: "full-map"; readonly entries: FullMap }
  | {
      readonly kind: "block-bitmap-mapping";
      readonly source: BlockBitmapMapping;
      /** Undefined: the destination has none. */
      readonly destination: BlockBitmapMapping | undefined;
    };

export type MappingKind = MappingDocument["kind"];

export const MAPPING_KINDS = ["full-map", "block-bitmap-mapping"] as const satisfies readonly MappingKind[];

/** A bitmap by the names of its node and its own. */
export interface NamedBitmap {
  readonly node: string;
  readonly name: string;
}

/** Something about a mapping, and what to do. */
export interface MappingFinding {
  readonly rule: string;
  readonly level: "error" | "warning" | "note";
  /** Place in the file: `full-map[2].to`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
  readonly remedy: string | null;
}
