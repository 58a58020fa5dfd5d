import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { readImage } from "../cli/image/read-image.ts";
import { openInput } from "../cli/io.ts";
import type { StreamSink } from "../codec/index.ts";
import { type LibvirtFixture, libvirtFixtures, loadLibvirt } from "./libvirt-fixtures.ts";
import { temporaryDirectory } from "./temporary.ts";

const SHARED = new URL("../../shared/captures/", import.meta.url);

/** Recordings of real libvirt and QEMU, those of ours and those that lie beside the project. */
export const images: readonly LibvirtFixture[] = [...libvirtFixtures, ...sharedImages()];

function sharedImages(): LibvirtFixture[] {
  if (!existsSync(SHARED)) return [];
  const ours = new Set(libvirtFixtures.map(({ file }) => file.replace(/\.gz$/, "")));
  const { files } = JSON.parse(readFileSync(new URL("manifest.json", SHARED), "utf8"));
  return Object.values(files as Record<string, LibvirtFixture & { uncompressed?: { size: number } }>)
    .filter(({ file }) => /^(libvirt|savevm)-/.test(file) && !ours.has(file.replace(/\.gz$/, "")))
    .map((entry) => ({
      ...entry,
      size: entry.uncompressed?.size ?? entry.size,
      path: fileURLToPath(new URL(entry.file, SHARED)),
    }));
}

/** The bytes of a recording, without the gzip that only saves room. */
export function bytesOf({ path }: LibvirtFixture): Uint8Array {
  const bytes = readFileSync(path);
  return new Uint8Array(path.endsWith(".gz") ? gunzipSync(bytes) : bytes);
}

/** A recording as a file of its own. */
export function fileOf(name: string): string {
  return written(loadLibvirt(name), name.replace(/\.gz$/, ""));
}

export function written(bytes: Uint8Array, name = "vm.save"): string {
  const path = join(temporaryDirectory(), name);
  writeFileSync(path, bytes);
  return path;
}

const SILENT = { out: () => {}, err: () => {}, colour: false, interactive: false };

/** Reads an image, and says what rules remarked on it. */
export async function readFile(
  path: string,
  options: Parameters<typeof readImage>[3] = {},
  sink: Partial<StreamSink> = {},
  offset = 0,
) {
  const reading = await readImage(openInput(path, offset), { event: () => {}, ...sink }, SILENT, options);
  const rules = [...reading.findings, ...(reading.stream?.findings ?? [])].map(({ rule }) => rule);
  const head = sha256(reading.facts.head);
  return { ...reading, rules, facts: { ...reading.facts, head } };
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
