import { encodeText } from "../../../codec/layout/index.ts";
import type { LibvirtRules } from "./rules.ts";
import { scanXml } from "./xml-scan.ts";

/**
 * What libvirt says of a text that is no XML: libxml2's first complaint, the line it is on, and a caret under the byte the
 * parser had come to. `document` is libvirt's name for the text. Undefined where the words are not known.
 */
export function complaint(text: string, document: string, rules: LibvirtRules): string | undefined {
  const found = scanXml(text, rules);
  if (!found || rules.xmlErrorPrefix === undefined) return undefined;
  const { message, at } = found;
  const line = 1 + (text.slice(0, at).match(/\n/g)?.length ?? 0);
  const where = rules.xmlErrorPrefix === "document" ? `${document}:${line}` : `at line ${line}`;
  const said = `${where}: ${message}`;
  if (rules.xmlErrorPrefix === "line" && text === "") return said;
  return `${said}\n${pointTo(text, at, rules.xmlErrorPrefix)}`.replaceAll(/[\udc80-\udcff]/g, "\ufffd");
}

/** The line of a place, and a caret below it. Releases before the prefix changed show nothing of a line that is empty. */
function pointTo(text: string, at: number, prefix: "document" | "line"): string {
  let cursor = at;
  if (prefix === "line" && cursor === text.length && cursor > 0) cursor--;
  while (cursor > 0 && isNewline(text, cursor)) cursor--;
  while (cursor > 0 && !isNewline(text, cursor)) cursor--;
  if (isNewline(text, cursor)) cursor++;
  const shown = /^[^\n\r]*/.exec(text.slice(cursor))?.[0] ?? "";
  const before = text.slice(cursor, at);
  const columns = Math.min(encodeText(before).length, encodeText(shown).length);
  const marks = [...encodeText(shown).subarray(0, columns)].map((byte) => (byte === 0x09 ? "\t" : "-"));
  return `${shown === "" ? "(null)" : shown}\n${marks.join("")}^`;
}

function isNewline(text: string, at: number): boolean {
  return text[at] === "\n" || text[at] === "\r";
}
