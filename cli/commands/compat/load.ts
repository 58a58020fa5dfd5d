import type { LoadPeer } from "../../../compat/load/peer.ts";
import { VMSTATE_WORDINGS } from "../../../compat/vmstate/wording.ts";
import { CLEAN, type ExitStatus, FINDINGS, UsageError } from "../../exit.ts";
import { loadDocument } from "../../load/document.ts";
import { loadPeersOf } from "../../load/peers.ts";
import { judgeInput, type LoadInputOptions } from "../../load/read-input.ts";
import { renderLoad } from "../../load/text.ts";
import { type Output, painter } from "../../output.ts";
import { printable } from "../../printable.ts";
import { readDump } from "../vmstate/read-dump.ts";

export interface LoadOptions extends LoadInputOptions {
  /** Peers, several in one with commas. */
  readonly on?: readonly string[];
  /** What the destination's -dump-vmstate says. */
  readonly vmstate?: string;
  /** MiB of main memory of the destination. */
  readonly memory?: number;
  readonly json?: boolean;
}

/** Will this stream load there? */
export async function load(
  names: readonly string[],
  options: LoadOptions,
  output: Output,
): Promise<ExitStatus> {
  const peers = await withDump(await loadPeersOf(options.on ?? []), options, names);
  const judged = await judgeInput(names, options, peers, output);
  const title = names.join(" + ");
  if (options.json) output.out(`${JSON.stringify(loadDocument(title, judged), null, 2)}\n`);
  else output.out(renderLoad(title, judged, painter(output)));
  return judged.results.every(({ outcome }) => outcome === "completes") ? CLEAN : FINDINGS;
}

async function withDump(
  peers: readonly LoadPeer[],
  { vmstate, memory }: LoadOptions,
  names: readonly string[],
): Promise<readonly LoadPeer[]> {
  const sized = memory === undefined ? peers : peers.map((peer) => ({ ...peer, memoryMiB: memory }));
  if (vmstate === undefined) return sized;
  if (sized.length > 1) throw new UsageError("--vmstate is of one peer: name only that with --on");
  if (vmstate === "-" && names.includes("-"))
    throw new UsageError("stdin cannot be both the stream and the dump");
  const { dump, findings } = await readDump(vmstate);
  const wrong = findings.find(({ level }) => level === "error");
  if (!dump || wrong) {
    const problem = wrong ? VMSTATE_WORDINGS[wrong.rule]?.message(wrong.args) : undefined;
    throw new UsageError(`${printable(vmstate)}: ${printable(problem ?? "no dump of QEMU's")}`);
  }
  return sized.map((peer) => ({ ...peer, dump }));
}
