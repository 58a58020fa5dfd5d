import { unzlibSync } from "fflate";

/** Inflates a COMPRESS_PAGE record. Returns undefined unless it holds exactly one page. */
export function inflatePage(compressed: Uint8Array, pageSize: number): Uint8Array | undefined {
  const room = new Uint8Array(pageSize + 1);
  try {
    const page = unzlibSync(compressed, { out: room });
    return page.length === pageSize ? page : undefined;
  } catch {
    return undefined;
  }
}
