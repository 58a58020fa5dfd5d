import { DecodeError, type Steps } from "../../layout/index.ts";
import { MultifdInit } from "../multifd/multifd.ts";
import { readHeader } from "./qemu-header.ts";
import { readRam } from "./qemu-ram-section.ts";
import { noPages } from "./qemu-ram-state.ts";
import type { Reader } from "./qemu-reader.ts";
import { forgetBeginning } from "./qemu-unseen.ts";

/**
 * How the bytes of a channel begin: with the file header; with the identification that was proposed in 2019 before it;
 * with commands, as the connection that recovers a postcopy; with bare RAM records, as the preempt channel; or anywhere,
 * because the capture began after the migration did.
 */
export type Beginning = "header" | "proposal" | "recovery" | "records" | "middle";

/** What a channel knows that another one of the same migration goes on with. */
export type StreamMemory = Pick<
  Reader,
  "ram" | "known" | "ramSection" | "footers" | "capabilities" | "postcopyAdvised"
>;

/** Takes over what the main channel has told: its RAM blocks, without their counts, and its sections. */
export function inherit(reader: Reader, from: StreamMemory): void {
  const { ram } = reader;
  const { totalBytes, pageSize, pageSizeKnown, reading } = from.ram;
  ram.blocks = from.ram.blocks.map((block) => ({ ...block, pages: noPages() }));
  for (const block of ram.blocks) if (!ram.byName.has(block.idstr)) ram.byName.set(block.idstr, block);
  Object.assign(ram, { totalBytes, pageSize, pageSizeKnown, reading });
  for (const [id, section] of from.known) reader.known.set(id, section);
  reader.ramSection = from.ramSection;
  reader.footers = from.footers;
  reader.capabilities = from.capabilities;
  reader.postcopyAdvised = from.postcopyAdvised;
  const offset = reader.cursor.offset;
  if (reading) reader.sink.event({ kind: "ram-blocks", offset, totalBytes, blocks: ram.blocks, reading });
}

/** Reads what comes before the first section. Returns false for what is no stream that can be read. */
export function* readBeginning(reader: Reader, beginning: Beginning): Steps<boolean> {
  if (beginning === "header" || beginning === "proposal")
    try {
      if (beginning === "proposal") yield* readIdentification(reader);
      return yield* readHeader(reader);
    } catch (error) {
      if (!(error instanceof DecodeError) || error.code !== "lost") throw error;
      forgetBeginning(reader);
    }
  const goesOn = beginning === "records" || beginning === "recovery";
  if (beginning === "middle" || (goesOn && reader.ram.blocks.length === 0)) forgetBeginning(reader);
  return true;
}

/** The packet that multifd channels begin with, on the main channel: never merged, and refused by every release. */
function* readIdentification({ cursor, sink }: Reader): Steps {
  const offset = cursor.offset;
  const { version, uuid, id } = yield* cursor.struct(MultifdInit);
  sink.event({ kind: "identification", offset, version, uuid, id });
}

/** Reads bare RAM records to the end of the input. Up to 7.2 the source ends each batch with EOS. */
export function* readBareRecords(reader: Reader): Steps {
  const { cursor } = reader;
  reader.bare = true;
  for (;;) {
    if ((yield* cursor.upTo(1)) === 0) {
      if (cursor.lost === 0) return;
      cursor.cross();
    }
    yield* readRam(reader);
  }
}
