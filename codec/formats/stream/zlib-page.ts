import { unzlibSync } from "fflate";

/** An `InflatePage` for everywhere; Node's own zlib is faster where there is one. */
export function inflatePage(compressed: Uint8Array, pageSize: number): Uint8Array | undefined {
  const room = new Uint8Array(pageSize + 1);
  try {
    const page = unzlibSync(compressed, { out: room });
    return page.length === pageSize ? page : undefined;
  } catch {
    return undefined;
  }
}
