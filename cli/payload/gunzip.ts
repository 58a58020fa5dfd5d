import { concat } from "../../codec/layout/index.ts";
import type { PayloadProblem } from "./delivery.ts";
import { gzipHeader, TRAILER_LENGTH } from "./gzip-member.ts";
import type { Inflation } from "./inflation.ts";
import { createMeter, type PayloadLimits, type Take } from "./meter.ts";
import { type RawInflation, startRaw } from "./raw-inflation.ts";

/** zlib drops what it made out of a piece in which it finds damage, so that pieces are small; each costs a while, too. */
const PIECE = 128 << 10;
const ERROR = 1;
const WARNING = 2;
const ENDS_EARLY = "unexpected end of file";
const VIOLATED = "invalid compressed data--format violated";
const NOTHING = new Uint8Array(0);

/** Where the next byte belongs. */
type Place = "header" | "body" | "trailer" | "behind" | "nowhere";

/**
 * Decompresses gzip data of one member or several as `gzip -dc` does. zlib alone would keep back what came before a wrong
 * check, and cannot tell garbage behind the data from damage in it.
 */
export function startGunzip(take: Take, limits: PayloadLimits): Inflation {
  const meter = createMeter(take, limits);
  const { crc32 } = process.getBuiltinModule("node:zlib");
  let place: Place = "header";
  let members = 0;
  let kept: Uint8Array = NOTHING;
  let raw: RawInflation | undefined;
  let check = 0;
  let length = 0;
  let problem: PayloadProblem | undefined;
  let failure: { readonly error: unknown } | undefined;

  const end = (kind: "failed" | "trailing", text: string) => {
    const status = kind === "failed" ? ERROR : WARNING;
    problem ??= { kind, program: "gzip", status, text: `gzip: stdin: ${text}` };
    place = "nowhere";
  };
  const takeMade = async (chunk: Uint8Array) => {
    check = crc32(chunk, check);
    length = (length + chunk.length) % 2 ** 32;
    await meter.take(chunk);
    if (meter.exceeded) place = "nowhere";
  };

  /** Takes the bytes that a part of a member still needs; undefined where they are too few. */
  function gather(chunk: Uint8Array, wanted: number): Uint8Array | undefined {
    kept = concat([kept, chunk.subarray(0, wanted - kept.length)]);
    return kept.length < wanted ? undefined : kept;
  }

  /** Each of these uses some bytes, and says how many. */
  const uses: Readonly<Record<Place, (chunk: Uint8Array) => number | Promise<number>>> = {
    header(chunk) {
      const had = kept.length;
      const bytes = concat([kept, chunk]);
      const header = gzipHeader(bytes);
      if (header.kind === "more") {
        kept = bytes;
        return chunk.length;
      }
      kept = NOTHING;
      if (header.kind === "refused") end("failed", header.text);
      if (header.kind === "none" && members === 0) end("failed", "not in gzip format");
      if (header.kind === "none" && members > 0) {
        place = "behind";
        garbage(bytes);
        return chunk.length;
      }
      if (header.kind !== "header") return chunk.length;
      place = "body";
      check = 0;
      length = 0;
      raw = startRaw(takeMade);
      return header.length - had;
    },
    async body(chunk) {
      const piece = chunk.subarray(0, PIECE);
      const { used, state } = (await raw?.write(piece)) ?? { used: 0, state: "damaged" };
      if (state === "damaged") end("failed", VIOLATED);
      if (state === "ended" && place === "body") place = "trailer";
      return used;
    },
    trailer(chunk) {
      const had = kept.length;
      const trailer = gather(chunk, TRAILER_LENGTH);
      if (!trailer) return chunk.length;
      const view = new DataView(trailer.buffer, trailer.byteOffset);
      kept = NOTHING;
      if (view.getUint32(0, true) !== check) end("failed", "invalid compressed data--crc error");
      else if (view.getUint32(4, true) !== length) end("failed", "invalid compressed data--length error");
      else {
        members++;
        place = "header";
      }
      return TRAILER_LENGTH - had;
    },
    behind(chunk) {
      garbage(chunk);
      return chunk.length;
    },
    nowhere: (chunk) => chunk.length,
  };

  /** Zeros pad what is written in blocks. */
  function garbage(bytes: Uint8Array): void {
    if (bytes.some((byte) => byte !== 0)) end("trailing", "decompression OK, trailing garbage ignored");
  }

  async function close(): Promise<void> {
    if (place === "body") {
      const state = await raw?.end();
      if (place === "body") end("failed", state === "damaged" ? VIOLATED : ENDS_EARLY);
    } else if (place === "trailer" || (place === "header" && (members === 0 || kept.length > 1)))
      end("failed", ENDS_EARLY);
    else if (place === "header" && kept.length > 0) garbage(kept);
  }

  return {
    get done() {
      return place === "nowhere";
    },
    async write(chunk) {
      try {
        for (let at = 0; at < chunk.length && place !== "nowhere"; )
          at += await uses[place](chunk.subarray(at));
      } catch (error) {
        failure ??= { error };
        place = "nowhere";
      }
    },
    async end() {
      if (!failure) await close();
      raw?.abort();
      if (failure) throw failure.error;
      const { bytes, exceeded } = meter;
      if (exceeded) return { bytes, problem: { program: "gzip", status: null, text: "", ...exceeded } };
      return { bytes, ...(problem ? { problem } : {}) };
    },
    abort: () => raw?.abort(),
  };
}
