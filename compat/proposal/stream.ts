import * as wire from "../../codec/index.ts";
import { bytes, encodeText, struct } from "../../codec/layout/index.ts";
import { PAGE_SIZE } from "../peers/page-size.ts";
import { bytesOf, type Piece, today } from "./pieces.ts";
import { MAIN_BLOCK, multifdOf } from "./settings.ts";

const RAM_SECTION = 2;

/** Bytes that no table describes. */
function raw(text: string): Piece {
  const data = encodeText(text);
  const Raw = struct({
    name: "Raw",
    endian: "be",
    doc: "Bytes as they are.",
    source: "none",
    fields: { data: bytes("The bytes.", { length: data.length }) },
  });
  return today(Raw, { data });
}

/** Header and configuration: what every stream begins with. */
export function beginning(machine: string): Piece[] {
  return [
    today(wire.FileHeader, { magic: wire.FILE_MAGIC, version: wire.FILE_VERSION }),
    today(wire.ConfigurationHeader, { type: wire.CONFIGURATION, nameLength: machine.length }),
    raw(machine),
  ];
}

/** The end of the device state with a description behind it, as every release sends them. */
export function ending(): Piece[] {
  return [
    today(wire.EndOfFile, { type: wire.EOF }),
    today(wire.VmDescriptionHeader, { type: wire.VMDESCRIPTION, length: 2 }),
    raw("{}"),
  ];
}

export function command(number: number, length: number): Piece {
  return today(wire.CommandHeader, { type: wire.COMMAND, command: number, length });
}

/**
 * What puts a destination into postcopy: the return path, the page sizes, a page to drop, then a package that has it listen and run the guest.
 * Without a page to drop a destination would not run it: its state would be that of dropping still.
 */
export function intoPostcopy(): Piece[] {
  const [OPEN_RETURN_PATH, LISTEN, RUN] = [1, 4, 5];
  const { idstr } = MAIN_BLOCK;
  const header = today(wire.DiscardHeader, {
    version: 0,
    nameLength: idstr.length,
    block: idstr,
    terminator: 0,
  });
  const range = today(wire.DiscardRange, { start: 0n, length: BigInt(PAGE_SIZE) });
  const packaged = [command(LISTEN, 0), command(RUN, 0)];
  const length = packaged.reduce((sum, piece) => sum + bytesOf(piece).length, 0);
  return [
    command(OPEN_RETURN_PATH, 0),
    command(wire.POSTCOPY_ADVISE, 16),
    today(wire.AdvisePayload, { pageSizes: BigInt(PAGE_SIZE), targetPageSize: PAGE_SIZE }),
    command(wire.POSTCOPY_RAM_DISCARD, bytesOf(header).length + bytesOf(range).length),
    header,
    range,
    command(wire.PACKAGED, 4),
    today(wire.PackagedPayload, { length }),
    ...packaged,
  ];
}

export function sectionHeader(
  type: number,
  sectionId: number,
  idstr: string,
  instanceId: number,
  versionId: number,
): Piece {
  const value = { type, sectionId, idLength: idstr.length, idstr, instanceId, versionId };
  return today(wire.SectionHeader, value);
}

export function footer(sectionId: number): Piece {
  return today(wire.SectionFooter, { type: wire.SECTION_FOOTER, sectionId });
}

/** RAM's first section: no blocks, then `records`, then its end. */
export function ramSection(records: readonly Piece[] = []): Piece[] {
  return [
    sectionHeader(wire.SECTION_START, RAM_SECTION, "ram", 0, 4),
    today(wire.RamRecord, { word: BigInt(wire.MEM_SIZE) }),
    ...records,
    today(wire.RamRecord, { word: BigInt(wire.EOS) }),
    footer(RAM_SECTION),
  ];
}

/** What opens a multifd channel of a release. */
export function multifdInit(version: string, id: number): Piece {
  const value = {
    magic: wire.MULTIFD_MAGIC,
    version: wire.MULTIFD_VERSION,
    uuid: "00000000-0000-0000-0000-000000000000",
    id,
  };
  return multifdOf(version)?.init === "XMultifdInit"
    ? today(wire.XMultifdInit, value)
    : today(wire.MultifdInit, value);
}

/** A packet that does nothing but synchronise, with its array of offsets. */
export function multifdSync(): Piece[] {
  const offsets = wire.PACKET_BYTES / PAGE_SIZE;
  const header = {
    magic: wire.MULTIFD_MAGIC,
    version: wire.MULTIFD_VERSION,
    flags: wire.SYNC,
    pagesAlloc: offsets,
    normalPages: 0,
    nextPacketSize: 0,
    packetNumber: 0n,
    zeroPages: 0,
    block: "\0".repeat(256),
  };
  const array = Array.from({ length: offsets }, () => today(wire.MultifdPageOffset, { offset: 0n }));
  return [today(wire.MultifdPacketHeader, header), ...array];
}
