import { LIBVIRT_RELEASES } from "./releases/libvirt.ts";
import { QEMU_RELEASES } from "./releases/qemu.ts";
import { QEMU_STABLE_RELEASES } from "./releases/qemu-stable.ts";

export type Product = "libvirt" | "qemu";

/** A release on the closed list. */
export interface Release {
  readonly product: Product;
  readonly version: string;
  /** Null where no source at hand dates it. */
  readonly date: string | null;
}

/** Lines before 2.5 have any number of stable releases. */
const MOST_KEPT = 1000;
const numbers = new Map<string, readonly number[]>();

/** The lines of QEMU, which stand for the first release of each: `7.2` is 7.2.0. */
const LINES = Object.keys(QEMU_RELEASES);

const ALL: Readonly<Record<Product, readonly string[]>> = {
  libvirt: Object.keys(LIBVIRT_RELEASES),
  qemu: [...LINES, ...Object.keys(QEMU_STABLE_RELEASES)].sort(compareVersions),
};

/** The oldest QEMU whose stable releases are listed one by one. Older lines stand for all of theirs. */
const LISTED_FROM = "2.5";

/** Versions of a product, oldest first: QEMU's first of a line by two numbers (`7.2`), stable ones by all (`7.2.22`). */
export function versionsOf(product: Product): readonly string[] {
  return ALL[product];
}

/** The lines of QEMU by their two numbers, oldest first. */
export function linesOfQemu(): readonly string[] {
  return LINES;
}

/**
 * The release of this version; undefined when there is none. `7.2` and `7.2.0` are the same QEMU; a stable release that is
 * not listed is none, whatever its number, except in lines before 2.5.
 */
export function findRelease(product: Product, version: string): Release | undefined {
  const releases = found[product];
  const known = releases.get(version);
  if (known) return known;
  const release = lookUp(product, version);
  if (release && releases.size < MOST_KEPT) releases.set(version, release);
  return release;
}

/** Those that were asked for. */
const found: Readonly<Record<Product, Map<string, Release>>> = { libvirt: new Map(), qemu: new Map() };

function lookUp(product: Product, version: string): Release | undefined {
  if (!/^\d+\.\d+(\.\d+){0,2}$/.test(version)) return undefined;
  const date = product === "libvirt" ? ownDate(LIBVIRT_RELEASES, version) : dateOfQemu(version);
  return date === undefined ? undefined : { product, version, date };
}

function dateOfQemu(version: string): string | null | undefined {
  const line = lineOf(version);
  if (version === line || version === `${line}.0` || !atLeast(line, LISTED_FROM))
    return ownDate(QEMU_RELEASES, line);
  return ownDate(QEMU_STABLE_RELEASES, version);
}

function ownDate(dates: Readonly<Record<string, string | null>>, version: string): string | null | undefined {
  return Object.hasOwn(dates, version) ? dates[version] : undefined;
}

/** `7.2` of `7.2.22`. */
export function lineOf(version: string): string {
  const second = version.indexOf(".", version.indexOf(".") + 1);
  return second < 0 ? version : version.slice(0, second);
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

function numbersOf(version: string): readonly number[] {
  const known = numbers.get(version);
  if (known) return known;
  const made = version.split(".").map(Number);
  if (numbers.size < MOST_KEPT) numbers.set(version, made);
  return made;
}
