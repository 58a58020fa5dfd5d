import type { Layouts } from "../vmstate/packaged/layouts.ts";
import { endingOf, type Stop } from "./ending.ts";
import type { JudgedSection, ReadStream } from "./judge.ts";
import type { Judged } from "./judged.ts";
import { judgeMachine } from "./machine.ts";
import type { LoadPeer } from "./peer.ts";
import type { LoadFinding, LoadResult, SectionVerdict } from "./result.ts";
import { blocksOf, streamStop } from "./stream-stop.ts";

/** Sections as judged, and which of the judgements are this QEMU's. */
export interface JudgedStream {
  readonly sections: readonly JudgedSection[];
  readonly index: number;
  readonly omitted: number;
}

/** Puts together what one QEMU does: the first thing that it refuses decides. */
export function resultOf(
  peer: LoadPeer,
  layouts: Layouts | undefined,
  read: ReadStream,
  { sections, index, omitted }: JudgedStream,
): LoadResult {
  const { summary } = read;
  const verdicts = sections.flatMap(({ section, judged }): SectionVerdict[] => {
    const own = judged[index];
    const { idstr, instance, version, offset } = section;
    if (!own) return [];
    const { verdict, by, error, findings } = own;
    return [{ idstr, instance, version, offset, verdict, by, error, findings }];
  });
  const machine = judgeMachine(peer, summary.machine);
  const stream = streamStop(read, peer);
  const stops: Stop[] = [
    ...(machine.stop ? [machine.stop] : []),
    ...(stream?.stop ? [stream.stop] : []),
    ...sections.flatMap(({ section, judged }) => stopsOf(section.offset, judged[index])),
  ].toSorted((a, b) => a.at - b.at);
  const unjudged = [
    ...machine.findings,
    ...(stream?.stop ? [] : (stream?.findings ?? [])),
    ...verdicts.flatMap(({ verdict, findings }) => (verdict === "not-judged" ? findings : [])),
    ...(omitted > 0 ? [omittedFinding(omitted)] : []),
    ...(verdicts.length === 0 ? [emptyFinding()] : []),
  ];
  const [first, ...later] = stops;
  const isUnsure = unjudged.some(({ level }) => level === "warning");
  return {
    peer: peer.name,
    qemu: peer.qemu,
    ...endingOf(first, isUnsure, read),
    layouts: layouts?.source ?? null,
    machine: { name: summary.machine, verdict: machine.verdict },
    blocks: blocksOf(read, peer, stream),
    sections: verdicts,
    sectionsOmitted: omitted,
    findings: [
      ...(first?.findings ?? []),
      ...later.flatMap(({ findings }) => findings),
      ...unjudged,
      ...dumpFindings(peer, summary.machine),
    ],
  };
}

function stopsOf(offset: number, judged: Judged | undefined): Stop[] {
  if (judged?.verdict !== "refused") return [];
  const { error, findings, atOnce } = judged;
  const where = atOnce ? ({ at: -1, step: "setup" } as const) : ({ at: offset, step: "section" } as const);
  return [{ ...where, error: error ?? "", findings }];
}

function omittedFinding(count: number): LoadFinding {
  return { rule: "SECTIONS_LISTED", level: "warning", subject: "", args: { count }, facts: [] };
}

function emptyFinding(): LoadFinding {
  return { rule: "SECTIONS_PRESENT", level: "warning", subject: "", args: {}, facts: [] };
}

/** A dump is of a machine type, which decides conditions but not what fields there are. */
function dumpFindings({ dump, name }: LoadPeer, machine: string | null): LoadFinding[] {
  const own = dump?.machine ?? null;
  if (own === null || machine === null || own === machine) return [];
  return [
    { rule: "DUMP_MACHINE_SAME", level: "note", subject: name, args: { dump: own, machine }, facts: [] },
  ];
}
