import { type Lean, valueAt } from "../../../facts/fact.ts";
import * as names from "../../../facts/qemu/devices/driver-names.ts";
import { perVersion } from "../settings/per-version.ts";

/** What is known of the drivers of releases of PCs. */
export const DRIVER_NAMES = [
  names.DRIVERS_ALL,
  names.DRIVERS_UNTIL_5_2,
  names.DRIVERS_UNTIL_7_2,
  names.DRIVERS_UNTIL_9_1,
  names.DRIVERS_FROM_7_2,
  names.DRIVERS_FROM_10_0,
  names.DRIVERS_FROM_11_1,
] as const;

/** What only some builds have, and processors, of which the names tell no more. */
const OF_BUILDS = /^(?:xen|qxl)|-gl(?:-pci)?$|-(?:x86_64|i386)(?:-cpu)?$/;

function namesOf(version: string, lean: Lean): ReadonlySet<string> {
  const all = DRIVER_NAMES.flatMap((chapters) => valueAt(chapters, version, lean) ?? []);
  return new Set(all.flatMap((line) => line.split(" ")));
}

/** Those that a release has however one reads what is in doubt, and those that it may have. */
const driversOf = perVersion((version) => {
  const [earlier, later] = [namesOf(version, "earlier"), namesOf(version, "later")];
  return {
    certain: new Set([...earlier].filter((name) => later.has(name))),
    possible: new Set([...earlier, ...later]),
  };
});
const everywhere = new Set(
  DRIVER_NAMES.flatMap((chapters) =>
    chapters.flatMap(({ value }) => value.flatMap((line) => line.split(" "))),
  ),
);

/** Whether a release for PCs has a driver; undefined where that is not known. */
export function hasDriver(version: string, driver: string): boolean | undefined {
  const { certain, possible } = driversOf(version);
  if (certain.has(driver)) return true;
  if (certain.size === 0 || possible.has(driver) || OF_BUILDS.test(driver)) return undefined;
  return false;
}

/** Whether any release is known to have a driver. */
export function isDriver(driver: string): boolean {
  return everywhere.has(driver);
}
