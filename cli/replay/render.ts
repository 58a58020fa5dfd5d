import type { Finding } from "../../codec/index.ts";
import type { Seen } from "../../compat/peers/ending.ts";
import { MACHINE_OPTION } from "../../compat/peers/not-started.ts";
import { findingLines } from "../finding-lines.ts";
import { onStream } from "../findings.ts";
import type { Paint } from "../output.ts";
import { printable } from "../printable.ts";
import { columns } from "../text.ts";
import { isUnknown, type Played, takes } from "./played.ts";

/** One peer in full, several as a table. */
export function renderReplay(name: string, played: readonly Played[], paint: Paint): string {
  const title = `${paint("bold", printable(name))}\n`;
  const [only] = played;
  return title + (only && played.length === 1 ? renderOne(only, paint) : renderTable(played, paint));
}

const HEAD = ["peer", "takes it", "stops at", "ends", "says"];

function renderTable(played: readonly Played[], paint: Paint): string {
  const rows = played.map((one) => [
    one.kind === "qemu" && one.side === "source" ? `${peerOf(one)} (source)` : peerOf(one),
    isUnknown(one) ? "unknown" : takes(one) ? "yes" : "no",
    placeOf(one) || "-",
    endOf(one),
    lineOf(one),
  ]);
  const [head = "", ...lines] = columns([HEAD, ...rows.map((row) => row.map(printable))], new Set());
  const painted = lines.map((line, i) => (played[i] && takes(played[i]) ? line : paint("red", line)));
  const count = played.filter(takes).length;
  return `${[paint("bold", head), ...painted].join("\n")}\n${count} of ${played.length} take it\n`;
}

function renderOne(one: Played, paint: Paint): string {
  const takesIt = takes(one)
    ? paint("green", "takes it")
    : isUnknown(one)
      ? paint("yellow", "is not known to take it")
      : paint("red", "does not take it");
  const rows: (readonly [string, string])[] = [
    ["peer", `${peerOf(one)} ${takesIt}`],
    ["stops at", placeOf(one)],
    ["ends", endOf(one)],
    ...saidBy(one).map((line, i): [string, string] => [i === 0 ? "prints" : "", printable(line)]),
    ...othersOf(one).map((line, i): [string, string] => [i === 0 ? "or" : "", printable(line)]),
  ];
  const lines = rows
    .filter(([, text]) => text !== "")
    .map(([title, text]) => `  ${title.padEnd(10)}${text}\n`);
  return lines.join("") + findingLines(onStream(remarksOf(one)), paint);
}

function peerOf(one: Played): string {
  return one.kind === "qemu" ? one.answer.id : one.peer;
}

function placeOf(one: Played): string {
  if (one.kind === "libvirt") return one.prediction.restore.stage ?? "";
  const { stoppedAt, accepts, exit } = one.answer;
  if (!stoppedAt) return accepts || exit === null ? "" : "the end of the input";
  if (stoppedAt.path === MACHINE_OPTION) return "its start: the machine type";
  const { connection, offset, path } = stoppedAt;
  const channel = `${one.channel ?? "connection"}${connection > 0 ? ` ${connection}` : ""}`;
  return `${channel} at 0x${offset.toString(16)}, ${path}`;
}

/** How the peer ends, and the side that sent the bytes. */
function endOf(one: Played): string {
  if (one.kind === "libvirt") return one.prediction.restore.outcome;
  const { exit, status, monitorDead } = one.answer;
  return `${processEnd({ exit, status })}${monitorDead ? ", monitor dead" : ""} (${one.other.side}: ${one.other.outcome})`;
}

function processEnd({ exit, status }: Pick<Seen, "exit" | "status">): string {
  if (exit === null) return status ?? "waits";
  return exit < 0 ? `dies of signal ${-exit}` : `exit ${exit}`;
}

function saidBy(one: Played): readonly string[] {
  if (one.kind === "libvirt") return one.prediction.restore.error?.split("\n") ?? [];
  const { stderr, errorDesc } = one.answer;
  const lines = stderr === "" ? [] : stderr.split("\n");
  return errorDesc === null || lines.includes(errorDesc) ? lines : [...lines, `error-desc: ${errorDesc}`];
}

function lineOf(one: Played): string {
  return saidBy(one)[0] ?? "";
}

/** Other endings: of those that differ in words alone the first, and how many more there are. */
function othersOf(one: Played): readonly string[] {
  if (one.kind === "libvirt") return [];
  const byEnd = new Map<string, string[]>();
  for (const { exit, status, stderr } of one.answer.alternatives) {
    const end = processEnd({ exit, status });
    byEnd.set(end, [...(byEnd.get(end) ?? []), stderr.replaceAll("\n", " / ")]);
  }
  return [...byEnd].map(([end, [first = "", ...more]]) => {
    const said = first === "" ? end : `${end}: ${first}`;
    return more.length === 0 ? said : `${said} (and ${more.length} in other words)`;
  });
}

/** What the lines above do not tell. */
function remarksOf(one: Played): readonly Finding[] {
  return one.kind === "qemu" ? one.answer.findings.filter(({ rule }) => rule !== "PEER_ACCEPTS") : [];
}
