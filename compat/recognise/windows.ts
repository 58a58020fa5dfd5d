import { type Bound, reached } from "../facts/fact.ts";
import { type Product, versionsOf } from "../releases.ts";
import type { Part } from "./part.ts";

const PRODUCTS: readonly Product[] = ["qemu", "libvirt"];

/** Which releases may have said all of these messages: runs of releases that follow each other, such as `9.0 to 10.1.5`. */
export function releasesOf(parts: readonly Part[]): Readonly<Partial<Record<Product, readonly string[]>>> {
  const found: Partial<Record<Product, readonly string[]>> = {};
  for (const product of PRODUCTS) {
    const own = parts
      .map((part, i) => windowsOf(part, product, isOf(parts[i - 1], product)))
      .filter((windows) => windows.length > 0);
    if (own.length > 0)
      found[product] = runsOf(versionsOf(product), (version) =>
        own.every((windows) => windows.some((window) => isInside(window, version))),
      );
  }
  return found;
}

function isOf(part: Part | undefined, product: Product): boolean {
  return part?.readings[0].text.fact.id.startsWith(`${product}/`) === true;
}

interface Window {
  readonly since: Bound;
  readonly until?: Bound | undefined;
}

/** Of a part that follows another of the same product those readings count that can: parts of an error. */
function windowsOf({ readings }: Part, product: Product, follows: boolean): readonly Window[] {
  const [{ weight }] = readings;
  const own = readings.filter((one) => one.weight === weight && one.text.fact.id.startsWith(`${product}/`));
  const told = follows ? own.filter(({ text }) => text.to !== "stderr") : [];
  return (told.length > 0 ? told : own).map(({ text }) => text.fact);
}

/** Whether a release may say it; where the window is not known exactly it may. */
export function isInside({ since, until }: Window, version: string): boolean {
  return reached(since, version, "later") && (until === undefined || !reached(until, version, "earlier"));
}

function runsOf(versions: readonly string[], holds: (version: string) => boolean): readonly string[] {
  const runs: { first: string; last: string }[] = [];
  let before = false;
  for (const version of versions) {
    const now = holds(version);
    const run = runs.at(-1);
    if (now && before && run) run.last = version;
    else if (now) runs.push({ first: version, last: version });
    before = now;
  }
  const newest = versions.at(-1);
  return runs.map(({ first, last }) =>
    last === newest ? `${first} and newer` : first === last ? first : `${first} to ${last}`,
  );
}
