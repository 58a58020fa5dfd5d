import type { ErrorText } from "../../../facts/error-text.ts";
import type { Fact } from "../../../facts/fact.ts";
import type { PrintfValue } from "../../../facts/printf.ts";
import * as texts from "../../../facts/qemu/settings/mapping-errors.ts";
import type { End } from "../../end.ts";
import type { NodeEntry } from "./mapping-input.ts";

const WELL_FORMED = /^[A-Za-z][\w.-]*$/;

/** What a release says of names and aliases in a mapping that it could read; undefined where it takes them. */
export function namesRefused(end: End, nodes: readonly NodeEntry[]): string | undefined {
  const refused = passOf(end, nodes, "name") ?? passOf(end, nodes, "alias");
  return refused && end.say(texts.MAPPING_PREFIX, refused)?.text;
}

/** The mapping is built twice: by names, as a source uses it, and by aliases, as a destination does. */
function passOf(end: End, nodes: readonly NodeEntry[], key: "name" | "alias"): string | undefined {
  const limits = end.value(texts.MAPPING_LIMITS);
  if (!limits) return undefined;
  const seen = new Set<string>();
  const said = (chapters: readonly Fact<ErrorText>[], ...values: readonly PrintfValue[]) =>
    end.say(chapters, ...values)?.text;
  for (const { "node-name": name, alias, bitmaps } of nodes) {
    if (!WELL_FORMED.test(alias)) return said(texts.NODE_ALIAS_FORM, alias);
    if (isLong(alias, limits.alias)) return said(texts.NODE_ALIAS_LONG, alias, limits.alias);
    if (isLong(name, limits.nodeName)) return said(texts.NODE_NAME_LONG, name, limits.nodeName);
    const node = key === "name" ? name : alias;
    if (seen.has(node)) return said(key === "name" ? texts.NODE_NAME_TWICE : texts.NODE_ALIAS_TWICE, node);
    seen.add(node);
    const bitmapsSeen = new Set<string>();
    for (const bitmap of bitmaps) {
      if (isLong(bitmap.alias, limits.alias))
        return said(texts.BITMAP_ALIAS_LONG, bitmap.alias, limits.alias);
      if (isLong(bitmap.name, limits.bitmapName))
        return said(texts.BITMAP_NAME_LONG, bitmap.name, limits.bitmapName);
      const each = bitmap[key];
      if (bitmapsSeen.has(each))
        return said(key === "name" ? texts.BITMAP_NAME_TWICE : texts.BITMAP_ALIAS_TWICE, node, each);
      bitmapsSeen.add(each);
    }
  }
  return undefined;
}

/** Longer in UTF-8 than that many bytes. */
function isLong(text: string, most: number): boolean {
  if (text.length > most) return true;
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes > most;
}
