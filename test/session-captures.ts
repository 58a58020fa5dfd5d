import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { createCaptureReader } from "../codec/index.ts";
import { concat } from "./streams.ts";

const FIXTURES = new URL("../fixtures/captures/", import.meta.url);

/** A recording of a migration with all its connections. */
export interface SessionCapture {
  readonly file: string;
  readonly what: string;
  /** Of the capture itself, which is stored gzipped. */
  readonly size: number;
  readonly sha256: string;
  /** Exact releases. */
  readonly source: string;
  readonly destination: string;
  readonly machine: string;
  readonly capabilities: Readonly<Record<string, boolean>>;
  readonly parameters: Readonly<Record<string, string | number>>;
  readonly outcome: string;
  readonly connections: number;
  /** Counters of query-migrate on the source. */
  readonly pages?: { readonly normal: number; readonly duplicate: number };
  readonly postcopyRequests?: number;
  /** States that each side went through, by its own MIGRATION events. */
  readonly events?: { readonly source: readonly string[]; readonly destination: readonly string[] };
  /** Memory of the source, where the destination had the same. */
  readonly ram?: { readonly block: string; readonly sha256: string };
  readonly path: string;
}

export const sessionCaptures: readonly SessionCapture[] = JSON.parse(
  readFileSync(new URL("manifest.json", FIXTURES), "utf8"),
).files.map((capture: Omit<SessionCapture, "path">) => ({
  ...capture,
  path: fileURLToPath(new URL(capture.file, FIXTURES)),
}));

export function sessionCapture(name: string): SessionCapture {
  const found = sessionCaptures.find(({ file }) => file === `${name}.gz`);
  if (!found) throw new TypeError(name);
  return found;
}

/** The bytes of a capture, decompressed. */
export function loadSession({ path }: SessionCapture): Uint8Array {
  return new Uint8Array(gunzipSync(readFileSync(path)));
}

/** The bytes of both directions of each connection, in the order of the connections. */
export function directionsOf(
  data: Uint8Array,
): readonly { readonly up: Uint8Array; readonly down: Uint8Array }[] {
  const all = new Map<number, { up: Uint8Array[]; down: Uint8Array[] }>();
  const reader = createCaptureReader({
    connection: ({ id }) => void all.set(id, { up: [], down: [] }),
    bytes({ id }, direction, chunk) {
      const of = direction === "client-to-server" ? "up" : "down";
      all.get(id)?.[of].push(chunk.slice());
    },
    gap: () => {},
    end: () => {},
    finding: () => {},
  });
  reader.push(data);
  reader.finish();
  return [...all.values()].map(({ up, down }) => ({ up: concat(...up), down: concat(...down) }));
}
