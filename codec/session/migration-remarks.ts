import type { Finding, FindingRule, Level } from "../formats/finding.ts";
import type { Channel } from "./events.ts";
import type { MultifdGroup } from "./multifd-group.ts";
import type { StateTracker } from "./states.ts";

/** What is known of a migration when all of it was seen. */
export interface Outcome {
  readonly states: StateTracker;
  readonly multifd: MultifdGroup;
  /** The main channel, or the one that recovered it last. */
  readonly main: Channel | undefined;
  /** Main channels that broke off in postcopy. */
  readonly interrupted: readonly { readonly channel: Channel; readonly finding: Finding }[];
  /** The source sent a PING. */
  readonly asked: boolean;
  /** There is a return path. */
  readonly answers: boolean;
}

export interface Remark {
  readonly channel: Channel | null;
  readonly finding: Finding;
}

/** What can only be said of the whole, when all of it was seen. */
export function* remarksOn(outcome: Outcome): Generator<Remark> {
  const { states, multifd, main, interrupted, asked, answers } = outcome;
  const remark = (rule: FindingRule, level: Level, offset: number, args: Finding["args"]): Finding => ({
    rule,
    level,
    subject: "",
    offset,
    args,
  });
  for (const [i, { channel, finding }] of interrupted.entries()) {
    const recovered = i < interrupted.length - 1 || main !== channel;
    const level = recovered ? "note" : "error";
    yield {
      channel,
      finding: { ...finding, rule: "POSTCOPY_PAUSED", level, args: { recovered: recovered ? 1 : 0 } },
    };
  }
  const failure = states.changes.findLast(({ state }) => state === "failed");
  if (failure && main) {
    const { source, destination } = states;
    const args = { source, destination, proof: failure.proof, early: multifd.early ? 1 : 0 };
    yield { channel: main, finding: remark("MIGRATION_COMPLETES", "error", failure.offset, args) };
  }
  const first = multifd.first;
  if (!main && first?.connection) {
    const level = first.connection.midstream ? "warning" : "error";
    const ended = endOf(first.ended);
    yield { channel: first, finding: remark("MAIN_CHANNEL_SEEN", level, 0, { ended }) };
  }
  const silent = asked && !answers && !failure && main?.connection;
  const oneSided = main ? silent : answers && !first;
  if (oneSided)
    yield {
      channel: main ?? null,
      finding: remark("CAPTURE_ONE_SIDED", "warning", 0, { found: main ? "source" : "destination" }),
    };
}

/**
 * A stream that ends before its time because its connection does, or the capture. That of main fails the migration, which
 * is told by itself.
 */
export function cutOff({ ended, role, lost }: Channel, finding: Finding): Finding {
  const open = ended === null || ended.how === "open";
  const level = open || lost > 0 || role === "main" ? "warning" : "error";
  return { ...finding, rule: "CHANNEL_COMPLETE", level, args: { ...finding.args, ended: endOf(ended) } };
}

function endOf(ended: Channel["ended"]): string {
  if (ended === null || ended.how === "open") return "open";
  return `${ended.how.toUpperCase()}${ended.by === null ? "" : ` by ${ended.by}`}`;
}
