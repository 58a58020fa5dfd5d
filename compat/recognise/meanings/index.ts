import { BITMAP_MEANINGS } from "./bitmaps.ts";
import { DEVICE_MEANINGS } from "./devices.ts";
import { LIBVIRT_MEANINGS } from "./libvirt.ts";
import { LIBVIRT_MIGRATION_MEANINGS } from "./libvirt-migration.ts";
import { MACHINE_MEANINGS } from "./machines.ts";
import type { Meaning } from "./meaning.ts";
import { MULTIFD_MEANINGS } from "./multifd.ts";
import { NAMES } from "./names.ts";
import { POSTCOPY_MEANINGS } from "./postcopy.ts";
import { RAM_MEANINGS } from "./ram.ts";
import { RETURN_PATH_MEANINGS } from "./return-path.ts";
import { SECTION_MEANINGS } from "./sections.ts";
import { SETTING_MEANINGS } from "./settings.ts";
import { SOURCE_MEANINGS } from "./source.ts";
import { STREAM_MEANINGS } from "./stream.ts";
import { TLS_MEANINGS } from "./tls.ts";

export type { Meaning } from "./meaning.ts";

/** What every message means, group by group. */
export const MEANINGS: readonly Meaning[] = [
  ...STREAM_MEANINGS,
  ...TLS_MEANINGS,
  ...SECTION_MEANINGS,
  ...DEVICE_MEANINGS,
  ...MACHINE_MEANINGS,
  ...RAM_MEANINGS,
  ...MULTIFD_MEANINGS,
  ...POSTCOPY_MEANINGS,
  ...RETURN_PATH_MEANINGS,
  ...SOURCE_MEANINGS,
  ...BITMAP_MEANINGS,
  ...SETTING_MEANINGS,
  ...LIBVIRT_MEANINGS,
  ...LIBVIRT_MIGRATION_MEANINGS,
];

const bySubject = new Map(
  MEANINGS.flatMap((meaning) => meaning.subjects.map((subject) => [subject, meaning])),
);

/** What the message of a fact means: that of the longest path that leads to it. */
export function meaningOf(id: string): Meaning | undefined {
  return firstOn(id, (path) => bySubject.get(path));
}

/** What the conversions of a fact's message are, in order; undefined where there are not so many names. */
export function namesOf(id: string, count: number): readonly string[] | undefined {
  const own = firstOn(id, (path) => (Object.hasOwn(NAMES, path) ? NAMES[path] : undefined));
  if (own?.length === count) return own;
  return meaningOf(id)?.values?.find((names) => names.length === count);
}

function firstOn<T>(id: string, find: (path: string) => T | undefined): T | undefined {
  for (let path = id; path !== ""; path = path.slice(0, Math.max(0, path.lastIndexOf("/")))) {
    const found = find(path);
    if (found !== undefined) return found;
  }
  return undefined;
}
