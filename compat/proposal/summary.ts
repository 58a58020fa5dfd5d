import { REMEDIES } from "../rules/remedies.ts";
import type { Remedy, Rule } from "../rules/rule.ts";
import type { Checked } from "./check.ts";
import type { Gating } from "./gating.ts";
import type { Result } from "./result.ts";
import type { Change } from "./schema.ts";

/** One rule that a proposal breaks, in which released peers, and what would keep it. */
export interface Breakage {
  readonly rule: Rule;
  /** A warning happens only to those who open the gate towards such a peer. */
  readonly level: "error" | "warning";
  readonly peers: readonly string[];
  readonly remedies: readonly { readonly kind: Remedy; readonly text: string }[];
}

/** The rules that are broken, those first that break a user who set nothing. */
export function breakagesOf({ results, gating }: Checked): readonly Breakage[] {
  const byRule = new Map<Rule, Result[]>();
  for (const result of results)
    if (result.rule) byRule.set(result.rule, [...(byRule.get(result.rule) ?? []), result]);
  const found = [...byRule].map(([rule, broken]): Breakage => {
    const harmful = broken.filter(({ breaks }) => breaks);
    const level = harmful.length > 0 ? "error" : "warning";
    const peers = [...new Set((level === "error" ? harmful : broken).map(({ peer }) => peer))];
    return {
      rule,
      level,
      peers,
      remedies: level === "error" ? remediesFor(rule, gating) : told(["both-ends"]),
    };
  });
  return found.toSorted((a, b) => Number(b.level === "error") - Number(a.level === "error"));
}

/** What is a gate already is no remedy. */
function remediesFor({ remedies }: Rule, { kind }: Gating): Breakage["remedies"] {
  return told(remedies.filter((remedy) => remedy !== kind));
}

function told(remedies: readonly Remedy[]): Breakage["remedies"] {
  return remedies.map((kind) => ({ kind, text: REMEDIES[kind] }));
}

/** A change in a few words. */
export function describeChange(change: Change): string {
  switch (change.kind) {
    case "message":
      return `return-path message ${change.name}, type ${change.type}`;
    case "command":
      return `command ${change.name}, number ${change.command}`;
    case "packet":
      return `multifd packet ${change.table}${edits(change)}`;
    case "header":
    case "save-header":
      return `header ${change.table}${edits(change)}`;
    case "section":
      return `section ${change.idstr}, instance ${change.instance}, version ${change.version}`;
    case "subsection":
      return `subsection ${change.of}/${change.name}`;
    case "ram-flag":
      return `RAM flag ${change.name}, 0x${change.flag.toString(16)}`;
    case "handshake":
      return `handshake: ${change.connections.map(connectionText).join("; ")}`;
    case "transport":
      return `transport option ${change.option}`;
  }
}

type Edited = Extract<Change, { kind: "packet" | "header" | "save-header" }>;

function edits(change: Edited): string {
  const words = [
    ...change.add.map(
      ({ name, in: within }) => `${name} added${within === undefined ? "" : ` in ${within}`}`,
    ),
    ...Object.entries(change.set).map(([name, value]) => `${name} = ${value}`),
    ...(change.kind === "save-header" && change.unfinished ? ["marks unfinished images"] : []),
  ];
  return words.length === 0 ? "" : `: ${words.join(", ")}`;
}

type Connection = Extract<Change, { kind: "handshake" }>["connections"][number];

function connectionText(parts: Connection): string {
  return parts.map((part) => (typeof part === "string" ? part : `new ${part.new}`)).join(" then ");
}

/** What a gate does, in a few words. */
export function describeGate({ kind, name, sendsByDefault }: Gating): string {
  if (kind === "nothing") return "nothing: sent to every peer";
  if (kind === "stream-version")
    return `stream version ${name}: sent to every peer, before anything is negotiated`;
  if (kind === "compat-property")
    return `compat property ${name}: off for the machine types of released peers`;
  return `${kind} ${name}, ${sendsByDefault ? "on" : "off"} by default`;
}
