import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { libvirtFixtures, loadLibvirt } from "./libvirt-fixtures.ts";

const SHARED = new URL("../../shared/captures/", import.meta.url);

const KEPT_BELOW = 4 << 20;
const loaded = new Map<string, Uint8Array | undefined>();

/** An image by its name, from the fixtures or, where it is only there, from the shared folder. Not to be written to. */
export function loadBase(name: string): Uint8Array | undefined {
  if (loaded.has(name)) return loaded.get(name);
  const bytes = findBase(name);
  if (bytes === undefined || bytes.length < KEPT_BELOW) loaded.set(name, bytes);
  return bytes;
}

function findBase(name: string): Uint8Array | undefined {
  if (libvirtFixtures.some(({ file }) => file.replace(/\.gz$/, "") === name)) return loadLibvirt(name);
  const [plain, packed] = [new URL(name, SHARED), new URL(`${name}.gz`, SHARED)];
  if (existsSync(plain)) return new Uint8Array(readFileSync(plain));
  return existsSync(packed) ? new Uint8Array(gunzipSync(readFileSync(packed))) : undefined;
}
