import { chapterAt, type Fact, valueAt } from "../../../facts/fact.ts";
import { printf } from "../../../facts/printf.ts";
import type { CapabilityRule } from "../../../facts/qemu/settings/capability.ts";
import {
  BACKGROUND_SNAPSHOT_ALONE,
  COLO_NEEDS_RETURN_PATH,
  POSTCOPY_WITH_COMPRESS,
  POSTCOPY_WITH_MULTIFD,
  POSTCOPY_WITH_SHARED,
  ZERO_COPY_NEEDS_MULTIFD,
} from "../../../facts/qemu/settings/capability-rules.ts";
import {
  MULTIFD_WITH_COMPRESS,
  MULTIFD_WITH_XBZRLE,
  PREEMPT_NEEDS_POSTCOPY,
  PREEMPT_WITH_COMPRESS,
} from "../../../facts/qemu/settings/capability-rules-channels.ts";
import {
  COMPRESS_WITH_XBZRLE,
  DIRTY_LIMIT_NEEDS_KVM,
  DIRTY_LIMIT_WITH_AUTO_CONVERGE,
  MAPPED_RAM_WITH_COMPRESS,
  MAPPED_RAM_WITH_POSTCOPY_RAM,
  MAPPED_RAM_WITH_XBZRLE,
  SWITCHOVER_ACK_NEEDS_RETURN_PATH,
} from "../../../facts/qemu/settings/capability-rules-newer.ts";
import type { End } from "../../end.ts";
import { perVersion } from "./per-version.ts";

/** In the order in which every release looks at those that it has. */
const RULES: readonly (readonly Fact<CapabilityRule>[])[] = [
  COLO_NEEDS_RETURN_PATH,
  POSTCOPY_WITH_COMPRESS,
  POSTCOPY_WITH_SHARED,
  POSTCOPY_WITH_MULTIFD,
  BACKGROUND_SNAPSHOT_ALONE,
  ZERO_COPY_NEEDS_MULTIFD,
  PREEMPT_NEEDS_POSTCOPY,
  PREEMPT_WITH_COMPRESS,
  MULTIFD_WITH_COMPRESS,
  SWITCHOVER_ACK_NEEDS_RETURN_PATH,
  DIRTY_LIMIT_WITH_AUTO_CONVERGE,
  DIRTY_LIMIT_NEEDS_KVM,
  MULTIFD_WITH_XBZRLE,
  COMPRESS_WITH_XBZRLE,
  MAPPED_RAM_WITH_XBZRLE,
  MAPPED_RAM_WITH_COMPRESS,
  MAPPED_RAM_WITH_POSTCOPY_RAM,
];

/** A rule that is broken by what is set. */
export interface BrokenRule {
  readonly rule: CapabilityRule;
  readonly fact: Fact<CapabilityRule>;
  readonly text: string;
  /** The capability that is in the way; empty where one is missing, or something else is. */
  readonly conflict: string;
  /** All that are in the way, the first as above. */
  readonly conflicts: readonly string[];
  readonly missing: string;
  readonly effect: CapabilityRule["effect"];
}

const NONE: readonly BrokenRule[] = [];
const NO_NAMES: readonly string[] = [];

/** The rules that a release has. */
const rulesOf = perVersion((version) =>
  RULES.flatMap((chapters) => {
    const rule = valueAt(chapters, version, "later");
    const fact = chapterAt(chapters, version, "later");
    return rule && fact ? [{ rule, fact }] : [];
  }),
);

/** The rules between capabilities that an end breaks, in its release's order: it answers the first that refuses. */
export function brokenRules(end: End): readonly BrokenRule[] {
  if (!end.peer.capabilities) return NONE;
  let broken = NONE;
  for (const { rule, fact } of rulesOf(end.version)) {
    const found = end.has(rule.capability) ? broke(end, rule) : undefined;
    if (found) broken = [...broken, { ...found, rule, fact, effect: rule.effect }];
  }
  return broken;
}

function broke(
  end: End,
  rule: CapabilityRule,
): Pick<BrokenRule, "text" | "conflict" | "conflicts" | "missing"> | undefined {
  const { needs, conflictsWith = [], template } = rule;
  const conflict = conflictsWith.find((other) => end.has(other));
  const missing = needs !== undefined && !end.has(needs) ? needs : "";
  const isAlone = needs === undefined && rule.conflictsWith === undefined;
  if (conflict === undefined && missing === "" && !isAlone) return undefined;
  const text = template.includes("%s") ? printf(template, conflict ?? "") : template;
  if (missing !== "" || conflict === undefined) return { text, conflict: "", conflicts: NO_NAMES, missing };
  return { text, conflict, conflicts: conflictsWith.filter((other) => end.has(other)), missing };
}
