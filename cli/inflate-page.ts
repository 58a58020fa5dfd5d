import type { InflatePage } from "../codec/index.ts";

/** Inflates with Node's zlib, loaded with the first compressed page: few streams have any. */
export const inflatePage: InflatePage = (compressed, pageSize) => {
  const { inflateSync } = process.getBuiltinModule("node:zlib");
  try {
    const page = inflateSync(compressed, { maxOutputLength: pageSize });
    return page.length === pageSize ? page : undefined;
  } catch {
    return undefined;
  }
};
