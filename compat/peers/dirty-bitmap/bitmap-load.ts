import type { Load } from "../main-channel/load.ts";

/** Granularity that a bitmap gets where nobody says another. */
const USUAL_GRANULARITY = 65536;

export interface Bitmap {
  readonly name: string;
  /** Bytes of disk that one bit stands for. */
  readonly granularity: number;
  readonly node: BitmapNode;
}

export interface BitmapNode {
  readonly node: string;
  readonly device: string | undefined;
  /** Bytes of its disk, if known. */
  readonly length: number | undefined;
  readonly bitmaps: Map<string, Bitmap>;
}

/** What the dirty-bitmap loader remembers from chunk to chunk and from section to section. */
export interface BitmapLoad {
  readonly nodes: readonly BitmapNode[];
  node: BitmapNode | undefined;
  /** Name by which the stream speaks of `node`. */
  nodeAlias: string;
  bitmap: Bitmap | undefined;
  bitmapName: string;
  /** Bitmaps that began, to be dropped if any goes wrong. */
  readonly begun: Bitmap[];
  cancelled: boolean;
  /** There were bitmaps that are not kept. */
  lost: boolean;
}

export function bitmapLoad(load: Load): BitmapLoad {
  load.bitmaps ??= {
    nodes: (load.host.peer.nodes ?? []).map(({ node, device, length, bitmaps = [] }) => {
      const made: BitmapNode = { node, device, length, bitmaps: new Map() };
      for (const name of bitmaps)
        made.bitmaps.set(name, { name, granularity: USUAL_GRANULARITY, node: made });
      return made;
    }),
    node: undefined,
    nodeAlias: "",
    bitmap: undefined,
    bitmapName: "",
    begun: [],
    cancelled: false,
    lost: false,
  };
  return load.bitmaps;
}

/** Drops what was begun; whatever comes of bitmaps from now on is read and ignored. */
export function cancelBitmaps(load: Load): void {
  const state = bitmapLoad(load);
  if (state.cancelled) return;
  state.cancelled = true;
  if (state.begun.length > 0) state.lost = true;
  state.node = undefined;
  state.bitmap = undefined;
  for (const { node, name } of state.begun) node.bitmaps.delete(name);
  state.begun.length = 0;
}
