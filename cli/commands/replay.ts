import { CLEAN, type ExitStatus, FINDINGS, UsageError } from "../exit.ts";
import { type InputOptions, onlyJob } from "../jobs.ts";
import { type Output, painter } from "../output.ts";
import { answerDocument } from "../replay/answer-document.ts";
import { openTape, type TapeOptions } from "../replay/open-tape.ts";
import { peersOf } from "../replay/peers.ts";
import { type PlayOptions, play } from "../replay/play.ts";
import { type Played, takes } from "../replay/played.ts";
import { renderReplay } from "../replay/render.ts";
import { spool } from "../replay/spool.ts";

export interface ReplayOptions extends InputOptions, PlayOptions, TapeOptions {
  /** Peers, several in one with commas. */
  readonly as?: readonly string[];
  readonly json?: boolean;
  /** Answers crafted cases instead. */
  readonly ndjson?: boolean;
}

const STDIN = "-";

/** Gives an input to released peers, and tells how far each gets. */
export async function replay(
  names: readonly string[],
  options: ReplayOptions,
  output: Output,
): Promise<ExitStatus> {
  if (options.ndjson) {
    const { answerCases } = await import("../replay/cases.ts");
    if (names.length > 1) throw new UsageError("--ndjson reads cases from one file or from stdin");
    return await answerCases(names[0] ?? STDIN, output);
  }
  const peers = peersOf(options.as ?? []);
  if (peers.length === 0) throw new UsageError("name a peer: --as qemu-7.2.22, or --as all");
  const { files, close } = await spool(names, options);
  try {
    const tape = await openTape(() => onlyJob(files, options), options, output);
    const played = await play(tape, peers, options, output);
    const title = names.join(" + ");
    if (options.json) output.out(`${JSON.stringify(document(title, played), null, 2)}\n`);
    else output.out(renderReplay(title, played, painter(output)));
    return played.every(takes) ? CLEAN : FINDINGS;
  } finally {
    close();
  }
}

function document(name: string, played: readonly Played[]) {
  return {
    format: "migwire/replay@1",
    input: { name },
    answers: played.map((one) => {
      if (one.kind === "libvirt") return { id: one.peer, accepts: one.accepts, prediction: one.prediction };
      const { format: _, ...answer } = answerDocument(one.answer);
      return { ...answer, side: one.side, channel: one.channel, other: one.other };
    }),
  };
}
