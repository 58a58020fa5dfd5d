import { Unzlib } from "fflate";
import { InflateError, type PacketInflater } from "./packet-inflater.ts";

/** Deflate makes at most 1032 bytes of one, and the library hands them over only when a piece is used up. */
const PIECE = 4096;

const EMPTY: Uint8Array = new Uint8Array(0);

/** Inflates zlib payloads: one zlib stream a channel, which QEMU flushes at the end of each packet but never ends. */
export function createZlibInflater(): PacketInflater {
  let ready = EMPTY;
  const stream = new Unzlib((data) => {
    ready = data;
  });
  return {
    push(chunk, out) {
      for (let at = 0; at < chunk.length; at += PIECE) {
        ready = EMPTY;
        try {
          // A copy, because the library keeps what it cannot use yet.
          stream.push(chunk.slice(at, at + PIECE));
        } catch (error) {
          throw new InflateError("the zlib stream is damaged", { cause: error });
        }
        if (ready.length > 0) out(ready);
      }
    },
  };
}
