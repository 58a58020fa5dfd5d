import { LIBVIRT_RELEASES } from "./releases/libvirt.ts";
import { QEMU_RELEASES } from "./releases/qemu.ts";

export type Product = "libvirt" | "qemu";

/** A release on the closed list; a stable release of QEMU stands for itself under the date of its first. */
export interface Release {
  readonly product: Product;
  readonly version: string;
  /** Null where no source at hand dates it. */
  readonly date: string | null;
}

/** Versions of a product, oldest first. QEMU's by their first two numbers. */
export function versionsOf(product: Product): readonly string[] {
  return Object.keys(product === "libvirt" ? LIBVIRT_RELEASES : QEMU_RELEASES);
}

/** The release of this version; undefined when there is none. `7.2`, `7.2.0` and `7.2.22` are all of QEMU 7.2. */
export function findRelease(product: Product, version: string): Release | undefined {
  if (!/^\d+\.\d+(\.\d+)?$/.test(version)) return undefined;
  const dates: Readonly<Record<string, string | null>> =
    product === "libvirt" ? LIBVIRT_RELEASES : QEMU_RELEASES;
  const key = product === "libvirt" ? version : lineOf(version);
  return Object.hasOwn(dates, key) ? { product, version, date: dates[key] ?? null } : undefined;
}

/** `7.2` of `7.2.22`. */
export function lineOf(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}

/** Orders versions by their numbers; one that ends earlier is as if zeros followed. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether `version` is `from` or newer. */
export function atLeast(version: string, from: string): boolean {
  return compareVersions(version, from) >= 0;
}

function numbersOf(version: string): number[] {
  return version.split(".").map(Number);
}
