const DECLARED = /<!ENTITY\s+([^\s%&;"'<>]+)\s+(?:"([^"]*)"|'([^']*)'|SYSTEM\s+(?:"[^"]*"|'[^']*'))\s*>/g;
/** Elements that hold words for people. */
const WORDS = /<(title|description)>[^<]*<\/\1>/g;

/**
 * A document without the entities that it declares itself, where they are plain words or another file (libvirt does not
 * fetch it) and only stand in the title or description. Elsewhere they stay.
 */
export function withoutOwnEntities(text: string): string {
  const at = text.indexOf("]>", text.indexOf("<!DOCTYPE"));
  if (at < 0) return text;
  const plain = new Set<string>();
  for (const [, name = "", quoted, apostrophed] of text.slice(0, at + 2).matchAll(DECLARED))
    if (!/[<&%]/.test(quoted ?? apostrophed ?? "")) plain.add(name);
  const body = text
    .slice(at)
    .replace(WORDS, (element) =>
      element.replace(/&([^\s&;<]+);/g, (used, name) => (plain.has(name) ? "" : used)),
    );
  return text.slice(0, at) + body;
}
