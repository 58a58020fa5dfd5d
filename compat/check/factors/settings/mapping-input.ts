import {
  MEMBER_MISSING,
  MEMBER_UNEXPECTED,
  TYPE_EXPECTED,
} from "../../../facts/qemu/settings/input-errors.ts";
import { MAPPING_TRANSFORM } from "../../../facts/qemu/settings/mapping-errors.ts";
import type { End } from "../../end.ts";

/** An entry for a bitmap, when it has been read. */
export interface BitmapEntry {
  readonly name: string;
  readonly alias: string;
}

/** An entry for a node. */
export interface NodeEntry {
  readonly "node-name": string;
  readonly alias: string;
  readonly bitmaps: readonly BitmapEntry[];
}

type Check = (end: End, value: unknown, path: string) => string | undefined;
interface Member {
  readonly check: Check;
  readonly optional?: (end: End) => boolean;
}
type Members = Readonly<Record<string, Member>>;

const TRANSFORM: Members = { persistent: { check: isOf("boolean"), optional: () => true } };
const BITMAP: Members = {
  name: { check: isOf("string") },
  alias: { check: isOf("string") },
  transform: { check: struct(TRANSFORM), optional: (end) => end.value(MAPPING_TRANSFORM) === true },
};
const NODE: Members = {
  "node-name": { check: isOf("string") },
  alias: { check: isOf("string") },
  bitmaps: { check: list(struct(BITMAP)) },
};
const mapping = list(struct(NODE));
const words = list(isOf("string"));

/** What a release says of a block-bitmap-mapping that it cannot read; undefined where it can. */
export function mappingRefused(end: End, value: unknown): string | undefined {
  return mapping(end, value, "block-bitmap-mapping");
}

/** What a release says of a list of strings that is none. */
export function wordsRefused(end: End, value: unknown, path: string): string | undefined {
  return words(end, value, path);
}

function isOf(type: "string" | "boolean"): Check {
  return (end, value, path) => (typeof value === type ? undefined : wrong(end, path, type));
}

function list(element: Check): Check {
  return (end, value, path) => {
    if (!Array.isArray(value)) return wrong(end, path, "array");
    for (const [i, each] of value.entries()) {
      const refused = element(end, each, `${path}[${i}]`);
      if (refused !== undefined) return refused;
    }
    return undefined;
  };
}

function struct(members: Members): Check {
  const names = Object.keys(members);
  return (end, value, path) => {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return wrong(end, path, "object");
    const given = value as Readonly<Record<string, unknown>>;
    const known = names.filter((name) => members[name]?.optional?.(end) ?? true);
    for (const name of known) {
      const at = `${path}.${name}`;
      const member = members[name];
      const refused = Object.hasOwn(given, name)
        ? member?.check(end, given[name], at)
        : member?.optional
          ? undefined
          : end.say(MEMBER_MISSING, at)?.text;
      if (refused !== undefined) return refused;
    }
    const more = Object.keys(given).find((name) => !known.includes(name));
    return more === undefined ? undefined : end.say(MEMBER_UNEXPECTED, `${path}.${more}`)?.text;
  };
}

function wrong(end: End, path: string, type: string): string {
  return end.say(TYPE_EXPECTED, path, type)?.text ?? "";
}
