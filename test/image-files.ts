import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { loadLibvirt } from "./libvirt-fixtures.ts";
import { temporaryDirectory } from "./temporary.ts";

/** A file of its own with these bytes, in a directory of its own. */
export function fileOf(bytes: Uint8Array | string, name = "vm.save"): string {
  const path = join(temporaryDirectory(), name);
  writeFileSync(path, bytes);
  return path;
}

/** A copy of a recorded image that a test may change. */
export function copyOf(fixture: string): string {
  return fileOf(loadLibvirt(fixture));
}

/** Compares a file, which `toEqual` takes minutes for where it is large; says where it differs first. */
export function expectBytes(path: string, wanted: Uint8Array): void {
  const found = bytesOf(path);
  if (Buffer.compare(found, wanted) === 0) return;
  const differs = found.findIndex((byte, i) => byte !== wanted[i]);
  expect({ length: found.length, differs }).toEqual({ length: wanted.length, differs: -1 });
}

export function bytesOf(path: string): Uint8Array {
  return new Uint8Array(readFileSync(path));
}
