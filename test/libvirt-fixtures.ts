import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

const FIXTURES = new URL("../fixtures/libvirt/", import.meta.url);

/** An image or a qcow2 that a real libvirt or QEMU wrote, and what is known of it. */
export interface LibvirtFixture {
  /** The name in `fixtures/libvirt`; `.gz` is only there to save room. */
  readonly file: string;
  readonly what: string;
  /** Of the file without `.gz`, like `sha256`. */
  readonly size: number;
  readonly sha256: string;
  /** Absent for a qcow2 that QEMU wrote by itself. */
  readonly libvirt?: string;
  readonly qemu: string;
  readonly machine?: string;
  readonly header_le?: {
    readonly magic: string;
    readonly version: number;
    readonly data_len: number;
    readonly was_running: number;
    readonly compressed: number;
    readonly cookie_offset: number;
  };
  readonly truth?: {
    readonly payload_offset: number;
    readonly payload_bytes: number;
    readonly format_number: number;
    readonly cookie_offset: number;
    readonly stream_bytes: number;
    readonly stream_sha256: string;
    readonly decompress_rc?: number;
    readonly decompress_stderr?: string;
  };
  readonly restore?: { readonly rc: number; readonly output: string; readonly domstate?: string };
  readonly restored_state?: string;
  readonly ram_at_last_snapshot?: { readonly block: string; readonly bytes: number; readonly sha256: string };
  readonly path: string;
}

export const libvirtFixtures: readonly LibvirtFixture[] = JSON.parse(
  readFileSync(new URL("manifest.json", FIXTURES), "utf8"),
).files.map((fixture: Omit<LibvirtFixture, "path">) => ({
  ...fixture,
  path: fileURLToPath(new URL(fixture.file, FIXTURES)),
}));

/** The bytes of a fixture, named with or without its `.gz`. */
export function loadLibvirt(name: string): Uint8Array {
  const plain = name.replace(/\.gz$/, "");
  const fixture = libvirtFixtures.find(({ file }) => file === plain || file === `${plain}.gz`);
  if (!fixture) throw new Error(`there is no fixture ${name}`);
  const bytes = readFileSync(fixture.path);
  return new Uint8Array(fixture.file.endsWith(".gz") ? gunzipSync(bytes) : bytes);
}
