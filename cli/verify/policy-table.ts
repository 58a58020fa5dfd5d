import type { LibvirtPrediction } from "../../compat/index.ts";
import { atLeast } from "../../compat/releases.ts";
import type { Paint } from "../output.ts";
import { printable } from "../printable.ts";
import { columns, plural } from "../text.ts";
import { isDangerous, restores } from "./predictions.ts";

/** Error texts are cut after so many characters; `--json` has all of them. */
const LONGEST_ERROR = 64;
/** Older releases than that (2011) do not make a table of what all others do alike. */
const OLDEST_THAT_COUNTS = "0.9.5";

const RESTORE: Readonly<Record<LibvirtPrediction["restore"]["outcome"], string>> = {
  runs: "runs",
  paused: "stays paused",
  fails: "fails",
  hangs: "hangs",
  "daemon-aborts": "libvirtd aborts",
  unknown: "not known",
};

const START: Readonly<Record<LibvirtPrediction["managedStart"]["outcome"], string>> = {
  restored: "runs",
  paused: "stays paused",
  "boots-fresh": "boots afresh",
  fails: "fails",
  hangs: "hangs",
  "daemon-aborts": "libvirtd aborts",
  "nothing-runs": "says started, nothing runs",
  absent: "has no managed save",
  unknown: "not known",
};

export interface PolicyStyle {
  readonly narrowed: boolean;
  readonly short: boolean;
  /** Machine type that the QEMU beside libvirt has to know. */
  readonly machine?: string | null;
}

/**
 * What releases of libvirt would do with a file, as indented lines. Where all of them restore it that is one line, or none
 * if `short`; a release that was asked for is always shown.
 */
export function policyLines(
  predictions: readonly LibvirtPrediction[],
  paint: Paint,
  { narrowed, short, machine = null }: PolicyStyle,
): string {
  if (predictions.length === 0) return "";
  const counting = predictions.filter(({ libvirt }) => atLeast(libvirt, OLDEST_THAT_COUNTS));
  if (!narrowed && counting.every(restores)) {
    const releases = `${plural(counting.length, "generation")} of libvirt checked`;
    const needed = machine === null ? "its machine" : `machine ${printable(machine)}`;
    const reserve = `as far as libvirt goes; the QEMU beside it must know ${needed}`;
    return short ? "" : `  restores on all ${releases} (${reserve})\n`;
  }
  const rows = merged(predictions);
  const head = [
    "",
    narrowed ? "libvirt" : "libvirt since",
    "with QEMU",
    "virsh restore",
    "virsh start (managed save)",
    "as",
  ];
  const [title = "", ...lines] = columns([head, ...rows.map(({ cells }) => cells)], new Set());
  const painted = lines.map((line, i) => (rows[i]?.dangerous ? paint("red", line) : line));
  return [paint("dim", title), ...painted].map((line) => `  ${line}\n`).join("");
}

interface Row {
  readonly cells: readonly string[];
  readonly dangerous: boolean;
}

/** A release stands for those up to the next; those that do the same share a row. */
function merged(predictions: readonly LibvirtPrediction[]): readonly Row[] {
  const groups: {
    readonly same: string;
    readonly first: LibvirtPrediction;
    readonly all: LibvirtPrediction[];
  }[] = [];
  for (const prediction of predictions) {
    const same = JSON.stringify([restoreCell(prediction), startCell(prediction), isDangerous(prediction)]);
    const last = groups.at(-1);
    if (last?.same === same) last.all.push(prediction);
    else groups.push({ same, first: prediction, all: [prediction] });
  }
  return groups.map(({ first, all }) => {
    const dangerous = isDangerous(first);
    const qemu = all.flatMap((prediction) => prediction.qemu ?? []);
    const cells = [
      dangerous ? "!" : " ",
      first.libvirt,
      qemu.length === 0 ? "any" : qemu.join(", "),
      restoreCell(first),
      startCell(first),
      [...new Set(all.map(({ confidence }) => confidence))].join(", "),
    ];
    return { dangerous, cells };
  });
}

function restoreCell({ restore }: LibvirtPrediction): string {
  return withError(RESTORE[restore.outcome], restore.error);
}

/** An error that was told of the restore already is not told again. */
function startCell({ restore, managedStart }: LibvirtPrediction): string {
  const { outcome, file, error } = managedStart;
  const told = withError(START[outcome], error === restore.error ? undefined : error);
  if (outcome === "absent" || file === "unknown") return told;
  const used = outcome === "restored" || outcome === "paused";
  if (file === "removed") return used ? told : `${told}; FILE DELETED`;
  return `${told}; file kept`;
}

/** What libvirt puts in front of an error that it has not made itself. */
const PREFIX = /^(operation failed|internal error): (qemu unexpectedly closed the monitor: )?/;

function withError(outcome: string, error: string | undefined): string {
  if (error === undefined) return outcome;
  const [line = ""] = error.replace(PREFIX, "").split("\n");
  const text = printable(line);
  return `${outcome}: ${text.length > LONGEST_ERROR ? `${text.slice(0, LONGEST_ERROR - 1)}…` : text}`;
}
