import { MAPPING_RULES } from "../bitmaps/rules.ts";
import { FACTORS, WORDINGS } from "../check/factors/index.ts";
import type { CheckWordings } from "../check/wording.ts";
import { FINDING_WORDINGS } from "../explain.ts";
import type { Fact } from "../facts/fact.ts";
import { FACTS } from "../facts/index.ts";
import { factsUnder } from "../facts/subjects.ts";
import { INVENTORY_WORDINGS } from "../inventory/wording.ts";
import { LOAD_WORDINGS } from "../load/wording.ts";
import { RULES } from "../rules/index.ts";
import { REMEDIES } from "../rules/remedies.ts";
import { VMSTATE_WORDINGS } from "../vmstate/wording.ts";
import { isUnder } from "./texts.ts";

/** A rule, whoever checks it. */
export interface KnownRule {
  readonly id: string;
  /** Which command finds it. */
  readonly command:
    | "compat bitmaps"
    | "compat breaking"
    | "compat check"
    | "compat gate"
    | "compat load"
    | "decode and verify"
    | "vmstate diff";
  /** What it checks; null where only its findings have words. */
  readonly purpose: string | null;
  /** What a finding says; what differs from one to the next stands in angle brackets. */
  readonly message: string | null;
  readonly remedies: readonly string[];
  /** Where in QEMU or libvirt it is decided. */
  readonly reference: string | null;
}

/** What an id stands for. */
export interface LookedUp {
  readonly id: string;
  readonly rules: readonly KnownRule[];
  readonly facts: readonly Fact<unknown>[];
}

const ALL_FACTS = FACTS.flat();
/** Facts of these kinds are known by name alone. */
const NAMED = ["qemu/errata", "qemu/capabilities", "qemu/parameters"];
const RULE_IDS: readonly string[] = [
  ...new Set([
    ...RULES.map(({ id }) => id),
    ...FACTORS.map(({ rule }) => rule),
    ...[
      WORDINGS,
      INVENTORY_WORDINGS,
      LOAD_WORDINGS,
      MAPPING_RULES,
      VMSTATE_WORDINGS,
      FINDING_WORDINGS,
    ].flatMap((words) => Object.keys(words)),
  ]),
];

/** Every id of a rule. */
export function ruleIds(): readonly string[] {
  return RULE_IDS;
}

/**
 * Rules of an id in capitals or kebab case; facts of an id or a path, or by the name of an erratum, a capability or a
 * parameter. Undefined: there is no such thing.
 */
export function lookUp(id: string): LookedUp | undefined {
  const rules = rulesOf(id.toUpperCase().replaceAll("-", "_"));
  const facts = factsOf(id);
  return rules.length + facts.length > 0 ? { id, rules, facts } : undefined;
}

function factsOf(id: string): readonly Fact<unknown>[] {
  const path = id.toLowerCase().replaceAll("_", "-").replace(/\/+$/, "");
  if (/^(?:qemu|libvirt)\/./.test(path)) return factsUnder(ALL_FACTS, path);
  for (const kind of NAMED) {
    const found = path === "" ? [] : ALL_FACTS.filter(({ id }) => isUnder(id, `${kind}/${path}`));
    if (found.length > 0) return found;
  }
  return [];
}

function rulesOf(id: string): readonly KnownRule[] {
  const found: KnownRule[] = [];
  const promised = RULES.find((rule) => rule.id === id);
  if (promised) {
    const { purpose, reference } = promised;
    const remedies = promised.remedies.map((kind) => REMEDIES[kind]);
    found.push({ id, command: "compat breaking", purpose, message: null, remedies, reference });
  }
  const factor = FACTORS.find(({ rule }) => rule === id);
  if (factor || Object.hasOwn(WORDINGS, id)) {
    const { purpose = null, reference = null } = factor ?? {};
    found.push({ ...worded(id, WORDINGS), id, command: "compat check", purpose, reference });
  }
  for (const [command, wordings] of [
    ["compat gate", INVENTORY_WORDINGS],
    ["compat load", LOAD_WORDINGS],
    ["vmstate diff", VMSTATE_WORDINGS],
  ] as const)
    if (Object.hasOwn(wordings, id))
      found.push({ ...worded(id, wordings), id, command, purpose: null, reference: null });
  const mapping = Object.hasOwn(MAPPING_RULES, id) ? MAPPING_RULES[id] : undefined;
  if (mapping !== undefined)
    found.push({
      id,
      command: "compat bitmaps",
      purpose: mapping,
      message: null,
      remedies: [],
      reference: null,
    });
  const finding = Object.entries(FINDING_WORDINGS).find(([rule]) => rule === id)?.[1];
  if (finding) {
    const [message, hint] = finding;
    const remedies = hint === undefined ? [] : [hint];
    const said = tried(() => message(PLACEHOLDERS));
    found.push({ id, command: "decode and verify", purpose: null, message: said, remedies, reference: null });
  }
  return found;
}

function worded(id: string, wordings: CheckWordings): Pick<KnownRule, "message" | "remedies"> {
  const wording = wordings[id];
  const remedy = tried(() => wording?.remedy(PLACEHOLDERS));
  return { message: tried(() => wording?.message(PLACEHOLDERS)), remedies: remedy === null ? [] : [remedy] };
}

/** Arguments that are their own names. */
const PLACEHOLDERS: Readonly<Record<string, string>> = new Proxy<Record<string, string>>(
  {},
  { get: (_, name) => (typeof name === "string" ? `<${name}>` : undefined) },
);

/** Where words need a real value stands an ellipsis; words that cannot do without one are not had. */
function tried(say: () => string | undefined): string | null {
  try {
    return say()?.replace(/\b(?:NaN|undefined)\b/g, "…") ?? null;
  } catch {
    return null;
  }
}

/** Ids of rules that somebody may have meant. */
export function nearestRules(id: string): readonly string[] {
  const parts = new Set(id.toUpperCase().split(/[_-]/));
  return RULE_IDS.map((rule) => [rule, rule.split("_").filter((part) => parts.has(part)).length] as const)
    .filter(([, shared]) => shared >= 2)
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, 5)
    .map(([rule]) => rule);
}
