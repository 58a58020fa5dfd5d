import type { StreamSummary } from "../codec/index.ts";
import type { Paint } from "./output.ts";
import { printable } from "./printable.ts";
import type { Reading } from "./read-stream.ts";

type Ram = NonNullable<StreamSummary["ram"]>;

const WIDTH = 110;

/** One screen that says what a stream is, what it holds and how it ended. */
export function renderSummary(reading: Reading, summary: StreamSummary, paint: Paint): string {
  const { machine, configuration, ram, end } = summary;
  const title = (name: string) => paint("bold", name.padEnd(9));
  const lines: string[] = [];
  const size = reading.compression
    ? `${reading.size} bytes, ${reading.compression}`
    : `${reading.size} bytes`;
  lines.push(`${title("input")} ${printable(reading.name)} (${size}), ${container(reading)}`);
  if (summary.version === null) return `${lines.join("\n")}\n`;
  const settings = [
    ...configuration.capabilities,
    configuration.uuid ? `uuid ${configuration.uuid}` : "",
    configuration.targetPageBits ? `target page bits ${configuration.targetPageBits}` : "",
  ].filter((setting) => setting !== "");
  lines.push(
    `${title("machine")} ${printable(machine ?? "not in the stream")}${settings.length > 0 ? ` · ${printable(settings.join(" · "))}` : ""}`,
  );
  lines.push(`${title("writer")} ${printable(writer(summary))}`);
  lines.push(`${title("sections")} ${printable(sections(summary))}`);
  if (summary.commands.length > 0) lines.push(wrap(title("commands"), commands(summary)));
  if (ram) lines.push(...renderRam(ram, title("ram")));
  if (summary.devices.length > 0) lines.push(wrap(title("devices"), devices(summary)));
  if (summary.vmdesc)
    lines.push(`${title("vmdesc")} ${summary.vmdesc.length} bytes at ${summary.vmdesc.offset}`);
  const how = end.reason === "eof" ? paint("green", "eof") : paint("red", end.reason);
  lines.push(`${title("end")} ${how} at ${end.offset} (0x${end.offset.toString(16)})`);
  return `${lines.join("\n")}\n`;
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
function sections({ sections, sectionsOmitted = 0 }: StreamSummary): string {
  const runs: { text: string; count: number }[] = [];
  for (const { kind, idstr } of sections) {
    const text = kind === "full" ? "device" : `${idstr} ${kind}`;
    const last = runs.at(-1);
    if (last?.text === text) last.count++;
    else if (runs.length < 12) runs.push({ text, count: 1 });
    else if (last)
      runs[runs.length - 1] = { text: "more", count: (last.text === "more" ? last.count : 1) + 1 };
  }
  const shown = runs.map(({ text, count }) => (count === 1 ? text : `${count} × ${text}`)).join(", ");
  const whole = sections.filter(({ understood }) => understood !== "cut");
  const without = whole.filter(({ footer }) => !footer).length;
  const footers =
    without === 0 ? "" : without === whole.length ? " · no footers" : ` · ${without} without footer`;
  return `${sections.length + sectionsOmitted}: ${shown}${footers}`;
}

function commands({ commands, commandsOmitted = 0 }: StreamSummary): string[] {
  const runs: { text: string; count: number }[] = [];
  for (const { command, value } of commands) {
    const text = typeof value === "number" || typeof value === "string" ? `${command} ${value}` : command;
    const last = runs.at(-1);
    if (last?.text === text) last.count++;
    else runs.push({ text, count: 1 });
  }
  const shown = runs.slice(0, 24).map(({ text, count }) => (count === 1 ? text : `${count} × ${text}`));
  const left = runs.slice(24).reduce((sum, { count }) => sum + count, commandsOmitted);
  return left > 0 ? [...shown, `${left} more`] : shown;
}

function renderRam(ram: Ram, title: string): string[] {
  const { pageSize, totalBytes, blocks, rounds } = ram;
  const passes = rounds === 0 ? "" : rounds === 1 ? ", 1 round" : `, ${rounds} rounds`;
  const flushes = ram.multifdFlushes > 0 ? `, ${ram.multifdFlushes} multifd flushes` : "";
  const lines = [
    `${title} ${human(Number(totalBytes))} in ${blocks.length} ${blocks.length === 1 ? "block" : "blocks"}, ${pageSize}-byte pages${passes}${flushes}`,
  ];
  const shown = blocks.slice(0, 16);
  const width = Math.max(...shown.map(({ idstr }) => printable(idstr).length));
  for (const { idstr, usedLength, pageSize: backing, address, pages } of shown) {
    const counts = Object.entries(pages).filter(([, count]) => count > 0);
    const records = counts.map(([kind, count]) => `${count} ${kind}`).join(", ") || "no pages";
    const at = address === undefined ? "" : ` at 0x${BigInt(address).toString(16)}`;
    const by = backing === undefined ? "" : ` in pages of ${human(backing)}`;
    lines.push(
      `${" ".repeat(10)}${printable(idstr).padEnd(width)}  ${human(Number(usedLength)).padStart(9)}${at}${by}  ${records}`,
    );
  }
  if (blocks.length > shown.length)
    lines.push(`${" ".repeat(10)}and ${blocks.length - shown.length} more blocks`);
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

function wrap(title: string, words: readonly string[]): string {
  const items = words.map(printable);
  const lines: string[] = [];
  let line = "";
  for (const item of items) {
    if (line !== "" && line.length + item.length + 2 > WIDTH - 10) {
      lines.push(`${line},`);
      line = "";
    }
    line = line === "" ? item : `${line}, ${item}`;
  }
  lines.push(line);
  return `${title} ${lines.join(`\n${" ".repeat(10)}`)}`;
}

function human(size: number): string {
  const units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB"];
  let unit = 0;
  let value = size;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${Number.isInteger(value) ? value : value.toFixed(1)} ${units[unit]}`;
}
