import type {
  CommandValue,
  Device,
  EndReason,
  PageCounts,
  RamBlock,
  Section,
  StreamEvent,
  VmdescTraits,
} from "../formats/stream/qemu-events.ts";
import { noPages, totalPages } from "../formats/stream/qemu-ram-state.ts";
import { createBitmapCollector, type DirtyBitmapSummary, summariseBitmap } from "./bitmaps.ts";
import { createRoom, type Room } from "./room.ts";
import { inferWriter, type Writer } from "./writer.ts";

/** Entries kept of each list; a stream of days has more parts than anybody reads. */
const LONGEST_LIST = 20_000;

export interface SectionSummary extends Omit<Section, "payloadOffset" | "payloadLength"> {}

export interface CommandSummary {
  readonly offset: number;
  readonly command: string;
  readonly length: number;
  readonly value: CommandValue;
}

export interface RamBlockSummary {
  readonly idstr: string;
  /** Decimal, as every 64-bit number in the documents; null for a block that nothing announced. */
  readonly usedLength: string | null;
  readonly pageSize?: number;
  readonly address?: string;
  readonly pages: PageCounts;
}

export interface RamSummary {
  /** Target page size in bytes. */
  readonly pageSize: number;
  readonly totalBytes: string;
  readonly blocks: readonly RamBlockSummary[];
  readonly pages: PageCounts;
  readonly rounds: number;
  readonly multifdFlushes: number;
}

/** What happened on the main channel, in the form of `decode --json`. */
export interface StreamSummary {
  readonly version: number | null;
  /** The packet before the header that was proposed in 2019. */
  readonly identification?: { readonly version: number; readonly uuid: string; readonly id: number };
  readonly machine: string | null;
  /** Releases that can have written the stream, as far as it tells. */
  readonly writer: Writer;
  readonly configuration: {
    readonly capabilities: readonly string[];
    readonly uuid: string | null;
    readonly targetPageBits: number | null;
  };
  readonly sections: readonly SectionSummary[];
  readonly sectionsOmitted?: number;
  readonly commands: readonly CommandSummary[];
  readonly commandsOmitted?: number;
  readonly ram: RamSummary | null;
  readonly bitmaps: readonly DirtyBitmapSummary[];
  readonly devices: readonly Device[];
  readonly devicesOmitted?: number;
  readonly vmdesc: VmdescTraits | null;
  readonly end: { readonly reason: EndReason; readonly offset: number };
}

export interface Summariser {
  event(event: StreamEvent): void;
  summary(): StreamSummary;
}

/** Gathers the events of one stream. What it keeps does not grow with the guest's memory. */
export function createSummariser(room: Room = createRoom()): Summariser {
  let version: number | null = null;
  let machine: string | null = null;
  let identification: StreamSummary["identification"];
  let configuration: StreamSummary["configuration"] = { capabilities: [], uuid: null, targetPageBits: null };
  let ram: { totalBytes: number; blocks: readonly RamBlock[] } | undefined;
  let state = { pageSize: 4096, rounds: 0, flushes: 0 };
  let vmdesc: StreamSummary["vmdesc"] = null;
  let end: StreamSummary["end"] = { reason: "truncated", offset: 0 };
  let sectionsOmitted = 0;
  let commandsOmitted = 0;
  let devicesOmitted = 0;
  const sections: Section[] = [];
  const commands: CommandSummary[] = [];
  const devices: Device[] = [];
  const bitmaps = createBitmapCollector();
  const hasRoom = (list: readonly unknown[]) => list.length < LONGEST_LIST && room.entries-- > 0;
  return {
    event(event) {
      switch (event.kind) {
        case "header":
          version = event.version;
          break;
        case "configuration":
          machine = event.machine;
          configuration = {
            capabilities: event.capabilities,
            uuid: event.uuid,
            targetPageBits: event.targetPageBits,
          };
          break;
        case "section":
          if (hasRoom(sections)) sections.push(event.section);
          else sectionsOmitted++;
          break;
        case "command":
          room.payload -= event.length;
          if (room.payload >= 0 && hasRoom(commands)) {
            const { offset, name: command, length, value } = event;
            commands.push({ offset, command, length, value });
          } else commandsOmitted++;
          break;
        case "ram-blocks":
          ram = event;
          break;
        case "dirty-bitmap-chunk":
          bitmaps.chunk(event);
          break;
        case "device":
          room.states -= event.device.length;
          if (room.states >= 0 && hasRoom(devices)) devices.push(event.device);
          else devicesOmitted++;
          break;
        case "vmdesc":
          vmdesc = event.vmdesc;
          break;
        case "end":
          end = { reason: event.reason, offset: event.offset };
          state = event;
          break;
        case "identification":
          identification = { version: event.version, uuid: event.uuid, id: event.id };
          break;
        case "finding":
          break;
      }
    },
    summary() {
      const decoded = new Set(devices.filter(({ fields }) => fields !== null).map(({ offset }) => offset));
      return {
        version,
        ...(identification ? { identification } : {}),
        machine,
        writer: inferWriter({
          machine,
          configuration,
          commands,
          vmdesc,
          flushes: state.flushes,
          blocks: ram?.blocks ?? [],
        }),
        configuration,
        sections: sections.map((section) => summariseSection(section, decoded.has(section.payloadOffset))),
        ...(sectionsOmitted > 0 ? { sectionsOmitted } : {}),
        commands,
        ...(commandsOmitted > 0 ? { commandsOmitted } : {}),
        ram: ram ? summariseRam(ram.totalBytes, ram.blocks, state) : null,
        bitmaps: bitmaps.bitmaps().map(summariseBitmap),
        devices,
        ...(devicesOmitted > 0 ? { devicesOmitted } : {}),
        vmdesc,
        end,
      };
    },
  };
}

function summariseSection(section: Section, decoded: boolean): SectionSummary {
  const { payloadOffset: _, payloadLength: __, ...rest } = section;
  return decoded && rest.understood === "delimited" ? { ...rest, understood: "decoded" } : rest;
}

function summariseRam(
  totalBytes: number,
  blocks: readonly RamBlock[],
  state: { pageSize: number; rounds: number; flushes: number },
): RamSummary {
  return {
    pageSize: state.pageSize,
    totalBytes: String(totalBytes),
    blocks: blocks.map(({ idstr, index, usedLength, pageSize, address, pages }) => ({
      idstr,
      usedLength: index < 0 ? null : String(usedLength),
      ...(pageSize === undefined ? {} : { pageSize }),
      ...(address === undefined ? {} : { address: String(address) }),
      pages: { ...pages },
    })),
    pages: blocks.length === 0 ? noPages() : totalPages(blocks),
    rounds: state.rounds,
    multifdFlushes: state.flushes,
  };
}
