import type { Fact } from "../facts/fact.ts";
import { FACTS } from "../facts/index.ts";
import { type Scanner, scanner } from "../facts/scanf.ts";

/** A message that some release has, however it goes out. */
export interface TextFact {
  readonly fact: Fact<unknown>;
  readonly template: string;
  /** Printed by itself, or part of an error; null where the fact does not say. */
  readonly to: "stderr" | "error" | null;
}

/** Messages that read alike, and the facts that have them. */
export interface KnownText {
  readonly scanner: Scanner;
  readonly facts: readonly TextFact[];
}

/** Facts whose value is the message itself. */
const PLAIN = [
  "libvirt/domain/active-error",
  "libvirt/qemu/monitor-closed",
  "libvirt/save-image/length-check",
  "libvirt/save-image/xml-read-error",
  "qemu/colo/return-path",
  "qemu/postcopy/listen/bitmaps-lost",
];

/** Whether a fact is of a path or under it. */
export function isUnder(id: string, path: string): boolean {
  return id === path || id.startsWith(`${path}/`);
}

/** The message that a fact is about; undefined where it is about something else. */
export function textOf(fact: Fact<unknown>): TextFact | undefined {
  const { id, value } = fact;
  if (typeof value === "string")
    return PLAIN.some((path) => isUnder(id, path)) ? { fact, template: value, to: null } : undefined;
  if (typeof value !== "object" || value === null || !("template" in value)) return undefined;
  if (typeof value.template !== "string") return undefined;
  const to = "to" in value && (value.to === "stderr" || value.to === "error") ? value.to : null;
  return { fact, template: value.template, to };
}

/** Every message in the facts. */
export const TEXT_FACTS: readonly TextFact[] = FACTS.flat().flatMap((fact) => textOf(fact) ?? []);

/** The same, those that read alike together. */
export const KNOWN_TEXTS: readonly KnownText[] = gathered(TEXT_FACTS);

function gathered(texts: readonly TextFact[]): readonly KnownText[] {
  const known = new Map<string, { scanner: Scanner; facts: TextFact[] }>();
  for (const text of texts) {
    const prepared = scanner(text.template);
    const key = JSON.stringify([prepared.literals, prepared.holes]);
    const same = known.get(key);
    if (same) same.facts.push(text);
    else known.set(key, { scanner: prepared, facts: [text] });
  }
  return [...known.values()];
}
