import { ERRNOS } from "../../../errno.ts";
import { EXTRA_CONNECTION } from "../../../facts/qemu/multifd/channel-errors.ts";
import {
  CONNECT_REFUSED,
  PREEMPT_ERROR_KEPT,
  PREEMPT_UNCONNECTED,
} from "../../../facts/qemu/postcopy/postcopy-start.ts";
import { PREEMPT_CONNECTS } from "../../../facts/qemu/return-path/source-endings.ts";
import { SHUTDOWN_FAILED } from "../../../facts/qemu/return-path/source-errors.ts";
import { chaptersFor } from "../../chapters.ts";
import type { Pair } from "../../end.ts";
import { completes } from "../../endings/completes.ts";
import { destinationLines, sourceLines, told } from "../../endings/postcopy-recovers.ts";
import { streamEnds } from "../../endings/source-fails.ts";
import { writeError } from "../../endings/source-loses.ts";
import type { Factor, Problem } from "../../factor.ts";
import type { Ending, SideEnd } from "../../verdict.ts";
import { connectsInSetup, ends, isSocket, NOTHING, startsPostcopy, tells } from "./pair.ts";

const PREEMPT = "postcopy-preempt";
const GONE = ERRNOS.ENOTCONN.text;
const ADDRESS = { tcp: "127.0.0.1:4444", unix: "$PATH" } as const;

export const preemptOnSourceOnly: Factor = {
  rule: "PREEMPT_ON_SOURCE_ONLY",
  purpose: "Checks that the destination listens for the further connection that postcopy-preempt makes.",
  reference: "migration/postcopy-ram.c, postcopy_preempt_establish_channel()",
  find(pair) {
    const { source, destination } = pair;
    if (!source.has(PREEMPT) || destination.has(PREEMPT) || !isSocket(pair)) return NOTHING;
    if (!connectsInSetup(source) && !startsPostcopy(pair)) return NOTHING;
    const extra = destination.say(EXTRA_CONNECTION);
    return extra ? ignored(pair, extra.text) : refusedConnection(pair);
  },
};

/** The connection is closed, and pages that are sent on it are lost: whether the guest asks for any is chance. */
function ignored(pair: Pair, extra: string): readonly Problem[] {
  const { source, destination } = pair;
  const facts = [...chaptersFor(source, PREEMPT_CONNECTS), ...chaptersFor(destination, EXTRA_CONNECTION)];
  const starts = startsPostcopy(pair);
  const args = { takes: true, starts, runsTwice: false };
  const whole = completes(pair);
  const destinationEnd = { ...whole.destination, error: extra };
  if (!starts) return tells("warning", { ...whole, destination: destinationEnd }, facts, args);
  const unshut = connectsInSetup(source) ? (source.say(SHUTDOWN_FAILED, GONE)?.text ?? null) : null;
  if (pair.mode === "postcopy-recovery") return ends("done", standsStill(pair, extra), facts, args);
  return ends(
    "done",
    {
      ...whole,
      alternatives: ["guest-stuck", "hangs", "pauses", "fails"],
      source: { ...whole.source, error: unshut, otherErrors: unwritten(pair) },
      destination: {
        ...destinationEnd,
        otherErrors: destinationLines(pair).map((lines) => [extra, ...lines].join("\n")),
      },
    },
    facts,
    args,
  );
}

/** What a source says that noticed that the connection was closed. */
function unwritten(pair: Pair): readonly string[] {
  const written = writeError(pair, ERRNOS.EPIPE.text);
  const paused = sourceLines(pair.source).map((lines) => lines.join("\n"));
  return written === undefined ? paused : [written, ...paused];
}

/** While postcopy is interrupted the guest has the time to ask. */
function standsStill(pair: Pair, extra: string): Ending {
  const lines = destinationLines(pair).map((each) => [extra, ...each]);
  return {
    outcome: "hangs",
    alternatives: ["guest-stuck", "completes", "pauses"],
    stage: "postcopy",
    source: {
      state: "postcopy-active",
      error: null,
      otherErrors: sourceLines(pair.source).map((each) => each.join("\n")),
    },
    destination: told(null, [...lines, [extra]]),
  };
}

/** The listener is gone by then, unless the kernel took the connection before. */
function refusedConnection(pair: Pair): readonly Problem[] {
  const { source, transport } = pair;
  const address = transport === "unix" ? ADDRESS.unix : ADDRESS.tcp;
  const error = source.say(CONNECT_REFUSED, address)?.text ?? null;
  const facts = chaptersFor(
    source,
    PREEMPT_CONNECTS,
    PREEMPT_UNCONNECTED,
    PREEMPT_ERROR_KEPT,
    CONNECT_REFUSED,
  );
  const starts = startsPostcopy(pair);
  if (starts)
    return ends("precopy", notStarted(pair, error), facts, { takes: false, starts, runsTwice: false });
  const ending = completes(pair);
  if (!source.value(PREEMPT_ERROR_KEPT))
    return tells("warning", { ...ending, source: { ...ending.source, error } }, facts, {
      takes: false,
      starts,
      runsTwice: false,
    });
  const failed: Ending = {
    ...ending,
    outcome: "fails",
    alternatives: ["completes"],
    source: { state: "failed", error },
  };
  return ends("done", failed, facts, { takes: false, starts, runsTwice: true });
}

function notStarted(pair: Pair, error: string | null): Ending {
  const { source } = pair;
  const cut: SideEnd = { state: "failed", error: streamEnds(pair, "footer").join("\n"), exits: true };
  if (source.value(PREEMPT_UNCONNECTED) === "crashes")
    return {
      outcome: "source-crashes",
      alternatives: ["completes"],
      stage: "postcopy",
      source: { state: null, error: null, exits: true },
      destination: cut,
    };
  const isClosed = source.value(PREEMPT_ERROR_KEPT) === true;
  return {
    outcome: "fails",
    alternatives: ["completes"],
    stage: "postcopy",
    source: { state: "failed", error },
    destination: isClosed
      ? cut
      : { state: "active", error: null, otherErrors: [streamEnds(pair, "section").join("\n")] },
  };
}
