import type { ChannelReader } from "../formats/channel-reader.ts";
import type { Finding } from "../formats/finding.ts";
import type { MultifdEvent, MultifdRam } from "../formats/multifd/multifd-events.ts";
import { createMultifdReader } from "../formats/multifd/multifd-reader.ts";
import type { ReturnPathEvent } from "../formats/return-path/return-path-events.ts";
import { createReturnPathReader } from "../formats/return-path/return-path-reader.ts";
import type { RamBlock, StreamEvent, StreamSink } from "../formats/stream/qemu-events.ts";
import type { HeldStates } from "../formats/stream/qemu-reader.ts";
import { createStreamReader, type StreamReader } from "../formats/stream/stream.ts";
import { beginningOf, epochOf, goesOn, isOpen, offsetOf, unlisted } from "./channel-traits.ts";
import type { Channel, Place, SessionEvent, SessionOptions, SessionSink } from "./events.ts";
import { cutOff, remarksOn } from "./migration-remarks.ts";
import { createMultifdGroup } from "./multifd-group.ts";
import { createPostcopyTracker, type PostcopySummary } from "./postcopy.ts";
import type { SentMemory } from "./postcopy-pages.ts";
import { createOrderChecker } from "./protocol-order.ts";
import { createStateTracker, type StateChange } from "./states.ts";

/** What a migration tells, and where it learns the time. */
export interface MigrationHost {
  readonly options: SessionOptions;
  /** What the migrations of a session may keep together. */
  readonly sentMemory: SentMemory;
  readonly heldStates: HeldStates;
  /** Nanoseconds since the first packet; null where nothing tells the time. */
  now(): number | null;
  emit(event: SessionEvent): void;
  find(channel: Channel | null, finding: Finding): void;
  readonly page?: NonNullable<SessionSink["page"]>;
  readonly state?: NonNullable<SessionSink["state"]>;
}

export type ConnectionEnding = "fin" | "rst" | "open";
export type Side = "source" | "destination";

/** All channels of one migration, joined. */
export interface Migration {
  readonly index: number;
  /** Where its connections go: address and port, or nothing for files. */
  readonly endpoint: string;
  /** A main channel with a file header, or one seen from its middle, has been recognised. */
  readonly hasMain: boolean;
  /** When its main connection ended, as far as it has: nanoseconds since the first packet. */
  readonly endedAt: number;
  readonly paused: boolean;
  /** Makes the reader of a channel, whose first byte will be the one at `offset`. */
  open(channel: Channel, offset: number): ChannelReader;
  /** The connection of a channel has ended. */
  close(channel: Channel, how: ConnectionEnding, by: Side | null): void;
  finish(): void;
}

export function createMigration(index: number, endpoint: string, host: MigrationHost): Migration {
  let main: StreamReader | undefined;
  let mainChannel: Channel | undefined;
  let endedAt = Number.POSITIVE_INFINITY;
  /** Main channels that broke off in postcopy. */
  const interrupted: { readonly channel: Channel; readonly finding: Finding }[] = [];
  let answers = false;
  let asked = false;
  let blocks: ReadonlyMap<string, RamBlock> = new Map();
  const sinks: StreamSink[] = [];
  const placeOf = (channel: Channel, offset: number): Place => ({ channel, offset, time: host.now() });
  const find = ({ channel }: Place, finding: Finding) => host.find(channel, finding);

  const states = createStateTracker((change: StateChange) =>
    host.emit({ kind: "state", migration: index, change }),
  );
  const postcopy = createPostcopyTracker(find, host.sentMemory);
  const order = createOrderChecker(find);
  const multifd = createMultifdGroup(host.find);
  const trackers = [order, states, postcopy];

  /** Page records are only worth a call each while somebody waits for them. */
  const watchPages = () => {
    for (const sink of sinks)
      if (postcopy.wantsPages !== (sink.place !== undefined))
        sink.place = postcopy.wantsPages ? watcherOf.get(sink) : undefined;
  };
  const watcherOf = new Map<StreamSink, StreamSink["place"]>();

  function onStream(channel: Channel, told: StreamEvent, offset: number): void {
    if (told.kind === "finding") {
      onStreamFinding(channel, told.finding);
      return;
    }
    let event = told;
    if (event.kind === "ram-blocks" && channel.begins !== "recovery" && channel.role === "main")
      blocks = new Map(event.blocks.map((block) => [block.idstr, block]));
    if (event.kind === "end" && interrupted.some((one) => one.channel === channel))
      event = { ...event, reason: "paused" };
    host.emit({ kind: "stream", channel, time: host.now(), event });
    if (channel.role !== "main") return;
    asked ||= event.kind === "command" && event.name === "PING";
    const place = placeOf(channel, offset);
    for (const tracker of trackers) tracker.stream(place, event);
    watchPages();
  }

  /** A main channel that breaks off in postcopy does not end the migration: it can be recovered. */
  function onStreamFinding(channel: Channel, finding: Finding): void {
    if (finding.rule !== "STREAM_COMPLETE") host.find(channel, finding);
    else if (!isPostcopy() || isOpen(channel))
      host.find(channel, channel.connection ? cutOff(channel, finding) : finding);
    else if (channel.role === "main") interrupted.push({ channel, finding });
  }

  const isPostcopy = () => states.source.startsWith("postcopy");

  function openStream(channel: Channel, offset: number): ChannelReader {
    const { page, state } = host;
    let reader: StreamReader | undefined;
    const sink: StreamSink = {
      event: (event) => onStream(channel, event, offsetOf(event)),
      ...(state && channel.role === "main" ? { state: state.bind(undefined, channel) } : {}),
      ...(page
        ? {
            page: (block, offset, kind, data, pageSize) =>
              page(
                index,
                block,
                offset,
                kind,
                data,
                pageSize,
                reader ? epochOf(channel, reader.memory.ram) : 0,
              ),
          }
        : {}),
    };
    watcherOf.set(sink, (block, offset) =>
      postcopy.page(placeOf(channel, offset), block.idstr, offset, reader?.memory.ram.pageSize ?? 4096),
    );
    sinks.push(sink);
    watchPages();
    const { inflatePage } = host.options;
    reader = createStreamReader(sink, {
      offset,
      heldStates: host.heldStates,
      ...(inflatePage ? { inflatePage } : {}),
      ...(main && goesOn(channel) ? { continues: main } : {}),
      begins: beginningOf(channel),
    });
    if (channel.role === "main") {
      if (!goesOn(channel) || !main) main = reader;
      mainChannel = channel;
      endedAt = Number.POSITIVE_INFINITY;
      for (const tracker of trackers) tracker.opened(placeOf(channel, 0));
    }
    return reader;
  }

  function openMultifd(channel: Channel, offset: number): ChannelReader {
    const { page } = host;
    const told = (event: MultifdEvent) => {
      if (event.kind === "finding") {
        onStreamFinding(channel, event.finding);
        return;
      }
      multifd.event(channel, event);
      host.emit({ kind: "multifd", channel, time: host.now(), event });
    };
    const { inflaters } = host.options;
    return createMultifdReader(
      {
        event: told,
        ...(page
          ? {
              page: (name, offset, kind, data, pageSize) => {
                const block = blocks.get(name) ?? (knownRam() ? undefined : unlisted(name));
                if (block) page(index, block, offset, kind, data, pageSize, multifd.epoch(channel));
              },
            }
          : {}),
      },
      { offset, ram: knownRam, ...(inflaters ? { inflaters } : {}) },
    );
  }

  function knownRam(): MultifdRam | undefined {
    const ram = main?.memory.ram;
    if (!ram?.reading) return undefined;
    return { pageSize: ram.pageSize, block: (idstr) => blocks.get(idstr) };
  }

  function openReturnPath(channel: Channel, offset: number): ChannelReader {
    const midstream = offset > 0 || channel.connection?.midstream === true;
    answers = true;
    const told = (event: ReturnPathEvent) => {
      if (event.kind === "finding") {
        const broken = event.finding.rule === "RETURN_PATH_COMPLETE" && isPostcopy();
        if (!broken) host.find(channel, event.finding);
        return;
      }
      host.emit({ kind: "return-path", channel, time: host.now(), event });
      const place = placeOf(channel, event.offset);
      // Without the main channel, nothing can be said of what is answered here.
      if (main) for (const tracker of trackers) tracker.message(place, event);
    };
    const pagesOf = (idstr: string) => {
      const block = blocks.get(idstr);
      return block && Math.ceil(block.usedLength / (main?.memory.ram.pageSize ?? 4096));
    };
    return createReturnPathReader(
      { event: told },
      { offset, midstream, pageSize: () => main?.memory.ram.pageSize ?? 4096, pagesOf },
    );
  }

  return {
    index,
    endpoint,
    get hasMain() {
      return main !== undefined;
    },
    get endedAt() {
      return endedAt;
    },
    get paused() {
      return states.source === "postcopy-paused";
    },
    open(channel, offset) {
      if (channel.role === "multifd" || (channel.role === "main" && !goesOn(channel))) multifd.join(channel);
      if (channel.role === "multifd") return openMultifd(channel, offset);
      return channel.role === "return-path" ? openReturnPath(channel, offset) : openStream(channel, offset);
    },
    close(channel, how, by) {
      if (channel !== mainChannel) return;
      endedAt = host.now() ?? 0;
      for (const tracker of trackers) tracker.ended(placeOf(channel, channel.bytes), how, by);
    },
    finish() {
      multifd.finish();
      const outcome = { states, multifd, main: mainChannel, interrupted, asked, answers };
      for (const { channel, finding } of remarksOn(outcome)) host.find(channel, finding);
      const summary: PostcopySummary | null = postcopy.summary();
      host.emit({
        kind: "migration-end",
        migration: index,
        endpoint,
        source: states.source,
        destination: states.destination,
        postcopy: summary,
      });
    },
  };
}
