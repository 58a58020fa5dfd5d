import type { Finding, FindingRule } from "../../codec/index.ts";

export type Args = Finding["args"];
/** What happened, and what to do about it. */
export type Wording = readonly [message: (args: Args) => string, hint?: string];
export type Wordings = Partial<Readonly<Record<FindingRule, Wording>>>;

export const bytes = (count: unknown) => `${count} byte${count === 1 ? "" : "s"}`;

export const differs = (args: Args) => `expected ${args.expected}, found ${args.found}`;
