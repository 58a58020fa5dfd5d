import { createHash } from "node:crypto";
import { encodeText } from "../codec/layout/index.ts";

/** File systems take 255 bytes; idstrs of 255 bytes grow to three times that. */
const LONGEST_NAME = 200;

/**
 * A file name for a RAM block: bytes outside [A-Za-z0-9._-] and leading dots are percent-encoded, so that it is never a
 * path and never hidden. `~` stands in no encoded idstr and marks what was added.
 */
export function blockFileName(idstr: string): string {
  const bytes = encodeText(idstr);
  let name = "";
  let leading = true;
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    leading &&= character === ".";
    const kept = /[A-Za-z0-9._-]/.test(character) && !leading;
    name += kept ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  if (name === "") return "~";
  if (name.length <= LONGEST_NAME) return name;
  const digest = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
  return `${name.slice(0, LONGEST_NAME - 17).replace(/%.?$/, "")}~${digest}`;
}

/** Hands out file names, each once, also where upper and lower case are the same. */
export function createNamer(): (idstr: string) => string {
  const taken = new Map<string, number>();
  return (idstr) => {
    const name = blockFileName(idstr);
    const key = name.toLowerCase();
    const uses = (taken.get(key) ?? 0) + 1;
    taken.set(key, uses);
    return uses === 1 ? name : `${name}~${uses}`;
  };
}
