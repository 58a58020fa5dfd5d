import type { StreamSummary, Unhashed } from "../codec/index.ts";
import type { Paint } from "./output.ts";
import { printable } from "./printable.ts";
import type { Reading } from "./read-stream.ts";
import { human, INDENT, pageCounts, plural, squash, wrap } from "./text.ts";

type Ram = NonNullable<StreamSummary["ram"]>;

/** One screen that says what a stream is, what it holds and how it ended. */
export function renderSummary(reading: Reading, summary: StreamSummary, paint: Paint): string {
  const size = reading.compression
    ? `${reading.size} bytes, ${reading.compression}`
    : `${reading.size} bytes`;
  const input = `${titleOf("input", paint)} ${printable(reading.name)} (${size}), ${container(reading)}`;
  const lines = summary.version === null ? [input] : [input, ...streamLines(summary, paint)];
  return `${lines.join("\n")}\n`;
}

export function titleOf(name: string, paint: Paint): string {
  return paint("bold", name.padEnd(INDENT - 1));
}

/** What a stream holds and how it ended; `ram` may count the pages of other channels too. */
export function streamLines(summary: StreamSummary, paint: Paint, ram = summary.ram): string[] {
  const { machine, configuration, end } = summary;
  const title = (name: string) => titleOf(name, paint);
  const lines: string[] = [];
  const settings = [
    ...configuration.capabilities,
    configuration.uuid ? `uuid ${configuration.uuid}` : "",
    configuration.targetPageBits ? `target page bits ${configuration.targetPageBits}` : "",
  ].filter((setting) => setting !== "");
  lines.push(
    `${title("machine")} ${printable(machine ?? "not in the stream")}${settings.length > 0 ? ` · ${printable(settings.join(" · "))}` : ""}`,
  );
  lines.push(`${title("writer")} ${printable(writer(summary))}`);
  lines.push(wrap(title("sections"), sections(summary)));
  if (summary.commands.length > 0) lines.push(wrap(title("commands"), commands(summary)));
  if (ram) lines.push(...renderRam(ram, title("ram")));
  lines.push(...renderBitmaps(summary, title("bitmaps")));
  if (summary.devices.length > 0) lines.push(wrap(title("devices"), devices(summary)));
  if (summary.vmdesc)
    lines.push(`${title("vmdesc")} ${summary.vmdesc.length} bytes at ${summary.vmdesc.offset}`);
  lines.push(`${title("end")} ${endOf(end, paint)}`);
  return lines;
}

/** `eof at 313800 (0x4c9c8)`. */
export function endOf(end: { readonly reason: string; readonly offset: number }, paint: Paint): string {
  const how = end.reason === "eof" ? paint("green", "eof") : paint("red", end.reason);
  return `${how} at ${end.offset} (0x${end.offset.toString(16)})`;
}

function container({ container }: Reading): string {
  if (container === "mapped-ram") return "QEMU migration stream, mapped-ram file";
  return container === "qevm" ? "QEMU migration stream" : "not recognised";
}

function writer({ writer: { since, before, evidence } }: StreamSummary): string {
  if (since === null && before === null) return "QEMU, any release";
  const from = since === null ? "" : ` ${since} or later`;
  const to = before === null ? "" : `${since === null ? "" : ","} before ${before}`;
  return `QEMU${from}${to} (${evidence.join("; ")})`;
}

/** `34: ram start, 3 × part, end; 31 full`, in the order of the stream. */
function sections({ sections, sectionsOmitted = 0 }: StreamSummary): string[] {
  if (sections.length === 0) return ["none"];
  const runs: { text: string; count: number }[] = [];
  for (const { kind, idstr } of sections) {
    const text = kind === "full" ? "device" : `${idstr} ${kind}`;
    const last = runs.at(-1);
    if (last?.text === text) last.count++;
    else if (runs.length < 12) runs.push({ text, count: 1 });
    else if (last)
      runs[runs.length - 1] = { text: "more", count: (last.text === "more" ? last.count : 1) + 1 };
  }
  const [first = "", ...rest] = runs.map(({ text, count }) => (count === 1 ? text : `${count} × ${text}`));
  const whole = sections.filter(({ understood }) => understood !== "cut");
  const without = whole.filter(({ footer }) => !footer).length;
  const footers =
    without === 0 ? "" : without === whole.length ? " · no footers" : ` · ${without} without footer`;
  const words = [`${sections.length + sectionsOmitted}: ${first}`, ...rest];
  return [...words.slice(0, -1), `${words.at(-1)}${footers}`];
}

export function commands({
  commands,
  commandsOmitted = 0,
}: Pick<StreamSummary, "commands" | "commandsOmitted">): string[] {
  const words = commands.map(({ command, value }) =>
    typeof value === "number" || typeof value === "string" ? `${command} ${value}` : command,
  );
  return squash(words, commandsOmitted);
}

function renderRam(ram: Ram, title: string): string[] {
  const { pageSize, totalBytes, blocks, rounds } = ram;
  const passes = rounds === 0 ? "" : rounds === 1 ? ", 1 round" : `, ${rounds} rounds`;
  const flushes =
    ram.multifdFlushes > 0 ? `, ${plural(ram.multifdFlushes, "multifd flush", "multifd flushes")}` : "";
  const count = plural(blocks.length, "block");
  const known = blocks.some(({ usedLength }) => usedLength !== null);
  const what =
    known || blocks.length === 0 ? `${human(Number(totalBytes))} in ${count}` : `${count} of unknown size`;
  const lines = [`${title} ${what}, ${pageSize}-byte pages${passes}${flushes}`];
  const shown = blocks.slice(0, 16);
  const nameOf = (idstr: string) => (idstr === "" ? "(not named)" : printable(idstr));
  const width = Math.max(...shown.map(({ idstr }) => nameOf(idstr).length));
  for (const { idstr, usedLength, pageSize: backing, address, pages } of shown) {
    const records = pageCounts({ ...pages });
    const at = address === undefined ? "" : ` at 0x${BigInt(address).toString(16)}`;
    const by = backing === undefined ? "" : ` in pages of ${human(backing)}`;
    lines.push(
      `${" ".repeat(10)}${nameOf(idstr).padEnd(width)}  ${(usedLength === null ? "?" : human(Number(usedLength))).padStart(9)}${at}${by}  ${records}`,
    );
  }
  if (blocks.length > shown.length)
    lines.push(`${" ".repeat(10)}and ${blocks.length - shown.length} more blocks`);
  return lines;
}

const UNHASHED: Readonly<Record<Unhashed, string>> = {
  incomplete: "not complete",
  missing: "parts are missing",
  repeated: "parts were sent twice",
  "too-large": "too large for a SHA-256",
};

function renderBitmaps({ bitmaps }: StreamSummary, title: string): string[] {
  const shown = bitmaps.slice(0, 16);
  const lines = shown.map((bitmap, i) => {
    const { node, name, granularity, enabled, persistent, ranges, rangesOmitted = 0, sha256 } = bitmap;
    const count = ranges.length + rangesOmitted;
    const traits = [
      `${human(Number(bitmap.dirtyBytes))} dirty${count === 0 ? "" : ` in ${count} ${count === 1 ? "range" : "ranges"}`}`,
      `granularity ${human(granularity)}`,
      ...(enabled ? [] : ["disabled"]),
      ...(persistent ? ["persistent"] : []),
      sha256 === null ? UNHASHED[bitmap.unhashed ?? "incomplete"] : `sha256 ${sha256.slice(0, 8)}…`,
    ];
    return `${i === 0 ? title : " ".repeat(9)} ${printable(`${node}/${name}`)}  ${traits.join(", ")}`;
  });
  if (bitmaps.length > shown.length)
    lines.push(`${" ".repeat(10)}and ${bitmaps.length - shown.length} more bitmaps`);
  return lines;
}

/** Device names with the version of their state, `×` for how many alike, `?` for state that nothing describes. */
function devices({ devices }: StreamSummary): string[] {
  const counts = new Map<string, number>();
  for (const { idstr, version, fields } of devices) {
    const text = `${idstr} v${version}${fields === null ? "?" : ""}`;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const all = [...counts].map(([text, count]) => (count === 1 ? text : `${count} × ${text}`));
  const shown = all.slice(0, 80);
  return all.length > shown.length ? [...shown, `${all.length - shown.length} more`] : shown;
}
