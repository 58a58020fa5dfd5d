import type { XmlAttributes } from "./xml-walk.ts";

/** First element at each of some paths: its attributes, and its text once it is closed. */
export interface XmlFacts {
  open(at: string, attributes: XmlAttributes): void;
  close(at: string, text: string): void;
  attribute(at: string, name: string): string | null;
  /** Text without the space around it; `null` where there is no such element, or where it was never closed. */
  text(at: string): string | null;
  /** The first of some attributes that is there. */
  first(at: string, names: readonly string[]): string | null;
}

/** Gathers what is said at the paths of `wanted`, and nothing else. */
export function createXmlFacts(wanted: readonly string[]): XmlFacts {
  const attributesAt = new Map<string, XmlAttributes>();
  const textAt = new Map<string, string>();
  const attribute = (at: string, name: string) => attributesAt.get(at)?.[name] ?? null;
  return {
    open(at, attributes) {
      if (wanted.includes(at) && !attributesAt.has(at)) attributesAt.set(at, attributes);
    },
    close(at, text) {
      if (wanted.includes(at) && !textAt.has(at)) textAt.set(at, text.trim());
    },
    attribute,
    text: (at) => textAt.get(at) ?? null,
    first: (at, names) => names.map((name) => attribute(at, name)).find((value) => value !== null) ?? null,
  };
}

/** A path from its element of a depth on. What lies deeper than anything that is looked for is not spelled out. */
export function within(path: readonly string[], depth: number): string {
  return path.length - depth > 2 ? "…" : path.slice(depth).join("/");
}
