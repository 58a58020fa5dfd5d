import { atLeast, compareVersions, lineOf, type Product, versionsOf } from "../releases.ts";

/** Releases that a proposal is held against. */
export interface Against {
  readonly qemu: readonly string[];
  readonly libvirt: readonly string[];
}

/** The oldest QEMU whose receiving side is modelled. */
const OLDEST = "2.5";

/**
 * Releases by what was asked for: `qemu-5.2` is that line with its stable releases, `qemu-7.2.22` one release,
 * `qemu-5.2..qemu-8.0` a range with both ends, `libvirt-9.0.0` likewise. Nothing asked for: all of them. Throws RangeError.
 */
export function releasesFor(against: readonly string[]): Against {
  const chosen = (product: Product) => {
    const all = versionsOf(product).filter((version) => product === "libvirt" || atLeast(version, OLDEST));
    if (against.length === 0) return all;
    const wanted = against.map(parse).filter((range) => range.product === product);
    return all.filter((version) => wanted.some((range) => isIn(version, range)));
  };
  for (const text of against) {
    const range = parse(text);
    const all = versionsOf(range.product);
    if (!all.some((version) => isIn(version, range)))
      throw new RangeError(`${text}: there is no such release`);
    if (range.product === "qemu" && !all.some((version) => isIn(version, range) && atLeast(version, OLDEST)))
      throw new RangeError(`${text}: QEMU before ${OLDEST} is not modelled`);
  }
  return { qemu: chosen("qemu"), libvirt: chosen("libvirt") };
}

interface Range {
  readonly product: Product;
  readonly from: string;
  readonly to: string;
}

function parse(text: string): Range {
  const match = /^(qemu|libvirt)-(\d+(?:\.\d+){1,3})(?:\.\.(?:\1-)?(\d+(?:\.\d+){1,3}))?$/.exec(text);
  const [, product, from, to = from] = match ?? [];
  if ((product !== "qemu" && product !== "libvirt") || from === undefined || to === undefined)
    throw new RangeError(`${text}: name a release, as qemu-5.2, or a range, as qemu-5.2..qemu-8.0`);
  if (compareVersions(from, to) > 0) throw new RangeError(`${text}: the range ends before it begins`);
  return { product, from, to };
}

function isIn(version: string, { from, to, product }: Range): boolean {
  if (product === "libvirt" || from !== to || from.split(".").length > 2)
    return atLeast(version, from) && atLeast(upTo(to), version);
  return lineOf(version) === from;
}

/** A line of two numbers as the end of a range has all its stable releases. */
function upTo(version: string): string {
  return version.split(".").length === 2 ? `${version}.${Number.MAX_SAFE_INTEGER}` : version;
}
