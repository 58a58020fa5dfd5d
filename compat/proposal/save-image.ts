import {
  createStreamReader,
  createSummariser,
  type Finding,
  SAVE_HEADER_SIZE,
  SAVE_MAGIC,
  SAVE_VERSION,
} from "../../codec/index.ts";
import { concat, encodeText, type StructDef, type StructValue } from "../../codec/layout/index.ts";
import type { SaveImageFacts } from "../peers/libvirt/image-facts.ts";
import { blank, changed, lay } from "./pieces.ts";
import type { ChangeOf } from "./schema.ts";
import { beginning, ending, ramSection } from "./stream.ts";
import { findTable } from "./tables.ts";
import { encodeChanged, type Plain } from "./values.ts";

const MACHINE = "pc-i440fx-5.2";

const XML = `<domain type='qemu'>
  <name>guest</name>
  <uuid>7a5f4bd0-5a5b-4d6e-9c37-0d3c0a4a6f11</uuid>
  <memory unit='KiB'>32768</memory>
  <os><type arch='x86_64' machine='${MACHINE}'>hvm</type></os>
  <devices><emulator>/usr/bin/qemu-system-x86_64</emulator></devices>
</domain>
`;

/** A save image before its stream is whole, or after. */
export type SaveStage = "finished" | "unfinished";

export interface SaveImageSent {
  readonly header: Uint8Array;
  readonly facts: SaveImageFacts;
}

/** The smallest image with a header as proposed, or as today's; an unfinished one breaks off within its stream. */
export function saveImage(
  change: ChangeOf<"save-header">,
  stage: SaveStage,
  which: "today" | "proposed",
): SaveImageSent {
  const xml = encodeText(`${XML}\0`);
  const table = findTable(change.table);
  if (!table) throw new TypeError(`there is no table ${change.table}`);
  const header = headerOf(
    table,
    change,
    xml.length,
    which === "proposed" ? marksOf(change, stage) : undefined,
  );
  const start = beginning(MACHINE);
  const stream = lay([...start, ...ramSection(), ...ending()]).bytes;
  const cut = stage === "unfinished" ? lay(start).bytes.length + 10 : stream.length;
  const payload = stream.subarray(0, cut);
  const bytes = concat([header, xml, payload]);
  const offset = SAVE_HEADER_SIZE + xml.length;
  const first = payload.subarray(0, 16);
  const facts: SaveImageFacts = {
    size: bytes.length,
    head: bytes,
    payload: { offset, first, kind: "qevm", stream: { bytes: payload.length, first, ...read(payload) } },
  };
  return { header, facts };
}

function marksOf({ set, unfinished }: ChangeOf<"save-header">, stage: SaveStage) {
  return stage === "unfinished" ? { ...set, ...unfinished } : set;
}

function headerOf(
  table: StructDef,
  { add }: ChangeOf<"save-header">,
  dataLength: number,
  marks: Readonly<Record<string, Plain>> | undefined,
): Uint8Array {
  const version = table.name === "SaveHeaderV1" ? 1 : SAVE_VERSION;
  const value: StructValue = { ...blank(table), magic: SAVE_MAGIC, version, dataLength, wasRunning: 1 };
  if (!marks) return encodeChanged(table, value, {});
  const piece = changed({ table, value }, marks, add);
  return encodeChanged(piece.table, piece.value, piece.set);
}

function read(payload: Uint8Array) {
  const summariser = createSummariser();
  const findings: Finding[] = [];
  const reader = createStreamReader({
    event(event) {
      summariser.event(event);
      if (event.kind === "finding") findings.push(event.finding);
    },
  });
  reader.push(payload);
  reader.finish();
  return { summary: summariser.summary(), findings };
}
