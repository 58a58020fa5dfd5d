import type { ChannelSummary, MigrationSummary, StreamSummary } from "../codec/index.ts";
import type { Paint } from "./output.ts";
import { postcopyLines, wasPostcopy } from "./render-postcopy.ts";
import { commands, endOf, streamLines, titleOf } from "./render-summary.ts";
import { columns, fold, human, INDENT, pageCounts, plural, squash, wrap } from "./text.ts";

type Ram = NonNullable<StreamSummary["ram"]>;

/** Columns of the longer of two sides. */
const SIDE = "destination".length;

/** A channel, by its name for people. */
export interface Named {
  readonly label: string;
  readonly channel: ChannelSummary;
}

/** What one migration sent, channel by channel, and how it went. */
export function migrationLines(
  migration: MigrationSummary,
  channels: readonly Named[],
  labels: ReadonlyMap<number, string>,
  paint: Paint,
): string[] {
  const lines: string[] = [];
  const other = (title: string, { label }: Named, words: readonly string[]) => {
    const number = / #\d+$/.exec(label)?.[0];
    const [first = "", ...rest] = words;
    lines.push(wrap(titleOf(title, paint), number ? [`${number.trim()}  ${first}`, ...rest] : words));
  };
  for (const named of channels)
    if (named.channel.role === "main" && named.channel.begins !== "recovery")
      lines.push(...mainLines(named, channels, paint));
  for (const named of channels) {
    const { role, begins, stream } = named.channel;
    if (stream && begins === "recovery") other("recovery", named, otherStream(stream));
    if (stream && role === "postcopy-preempt") other("preempt", named, otherStream(stream));
  }
  lines.push(...multifdLines(channels, paint));
  for (const named of channels)
    if (named.channel.role === "return-path") other("return", named, messages(named.channel));
  const { postcopy } = migration;
  if (postcopy && wasPostcopy(postcopy))
    lines.push(...titled("postcopy", postcopyLines(postcopy, labels), paint));
  lines.push(`${titleOf("pages", paint)} ${pageCounts({ ...migration.pages })} on all channels`);
  lines.push(...titled("states", [...stateLines(migration)], paint));
  return lines;
}

function titled(title: string, lines: readonly string[], paint: Paint): string[] {
  return lines.map((line, i) => `${i === 0 ? titleOf(title, paint) : " ".repeat(INDENT - 1)} ${line}`);
}

function mainLines({ channel }: Named, channels: readonly Named[], paint: Paint): string[] {
  const { stream } = channel;
  if (!stream) return [];
  const others = channels.map((named) => named.channel).filter((other) => other !== channel);
  return streamLines(stream, paint, stream.ram && together(stream.ram, others));
}

/** The RAM blocks of main, with the pages that other channels carried too. */
function together(ram: Ram, others: readonly ChannelSummary[]): Ram {
  const blocks = ram.blocks.map((block) => ({ ...block, pages: { ...block.pages } }));
  const byName = new Map(blocks.map((block) => [block.idstr, block]));
  for (const { blocks: multifd, stream } of others) {
    for (const { idstr, normal, zero } of multifd ?? []) {
      const block = byName.get(idstr ?? "");
      if (!block) continue;
      block.pages.normal += normal;
      block.pages.zero += zero;
    }
    for (const { idstr, pages } of stream?.ram?.blocks ?? []) {
      const block = byName.get(idstr);
      if (!block) continue;
      for (const kind of ["normal", "zero", "xbzrle", "compressed"] as const)
        block.pages[kind] += pages[kind];
    }
  }
  return { ...ram, blocks };
}

/** A channel that goes on with what main has told. */
function otherStream(stream: StreamSummary): string[] {
  return [
    ...commands(stream),
    stream.ram ? pageCounts({ ...stream.ram.pages }) : "no pages",
    ...(stream.devices.length > 0 ? [plural(stream.devices.length, "device")] : []),
    `${stream.end.reason} at ${stream.end.offset}`,
  ];
}

function multifdLines(channels: readonly Named[], paint: Paint): string[] {
  const ordered = channels.toSorted((a, b) => (a.channel.id ?? -1) - (b.channel.id ?? -1));
  const rows = ordered.flatMap(({ label, channel }) => {
    const {
      role,
      packets = 0,
      syncs = 0,
      pages,
      compression = "none",
      payload = 0,
      deviceStates = [],
      end,
    } = channel;
    if (role !== "multifd") return [];
    const states = deviceStates.reduce((sum, state) => sum + state.bytes, 0);
    return [
      [
        label.replace(/^multifd /, ""),
        plural(packets, "packet"),
        plural(syncs, "sync"),
        pageCounts({ ...pages }),
        compression,
        human(payload),
        ...(states > 0 ? [`device state of ${plural(deviceStates.length, "device")}, ${human(states)}`] : []),
        ...(end && end.reason !== "eof" ? [endOf(end, paint)] : []),
      ],
    ];
  });
  return titled("multifd", columns(rows, new Set([1, 2, 5])), paint);
}

/** `PONG 1, 12 × REQ_PAGES pc.ram, SHUT 0`. */
function messages({ messages = [], messagesOmitted = 0, end }: ChannelSummary): string[] {
  const words = messages.map(({ type, value }) => {
    if (type === "REQ_PAGES_ID") return "REQ_PAGES";
    if (value === null) return type;
    if (typeof value === "number") return `${type} ${value}`;
    return "received" in value ? `${type} ${value.block}` : type;
  });
  const cut = end && end.reason !== "eof" ? [`${end.reason} at ${end.offset}`] : [];
  return [...squash(words, messagesOmitted), ...cut];
}

/** The states of each side, as the wire proves them, and what proves the last. */
function* stateLines({ states }: MigrationSummary): Generator<string> {
  for (const side of ["source", "destination"] as const) {
    const mine = states.filter((change) => change.side === side);
    const last = mine.at(-1);
    const names = mine.map(({ state }) => state as string);
    if (last) names[names.length - 1] = `${last.state} (${last.proof})`;
    const [first = "", ...rest] = fold(names, " → ", INDENT + SIDE + 2);
    yield `${side.padEnd(SIDE)}  ${last ? first : "nothing proves a state"}`;
    for (const line of rest) yield `${" ".repeat(SIDE + 2)}${line}`;
  }
}
