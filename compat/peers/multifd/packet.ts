import {
  HEADER_LENGTH,
  MULTIFD_MAGIC,
  MULTIFD_VERSION,
  SYNC,
} from "../../../codec/formats/multifd/multifd.ts";
import { valueAt } from "../../facts/fact.ts";
import { MULTIFD_SYNC_WITHOUT_PAGES, MULTIFD_ZERO_PAGES } from "../../facts/qemu/multifd/multifd.ts";
import { MULTIFD_PACKET_MAGIC, MULTIFD_PACKET_VERSION } from "../../facts/qemu/multifd/multifd-errors.ts";
import {
  MULTIFD_NORMAL_PAGES,
  MULTIFD_OFFSET,
  MULTIFD_PAGES_ALLOC,
  MULTIFD_UNKNOWN_BLOCK,
  MULTIFD_ZERO_PAGE_COUNT,
} from "../../facts/qemu/multifd/multifd-page-errors.ts";
import { PAGE_SIZE } from "../page-size.ts";
import type { PeerBlock } from "../peer.ts";
import type { MultifdSettings } from "./settings.ts";
import { told } from "./text.ts";

/** A packet that was taken. */
export interface RamPacket {
  readonly normalPages: number;
  readonly zeroPages: number;
  readonly nextPacketSize: number;
  /** Zero pages that the release does not look for. */
  readonly ignoredZeroPages?: number;
}

/** Why a packet is not taken, and the field in it. */
export interface PacketError {
  readonly error: string;
  readonly field: string;
  readonly offset: number;
}

/** The block a packet names; undefined where there is none of that name, null where none is known. */
export type FindBlock = (name: string) => PeerBlock | undefined | null;

const NAME_LENGTH = 256;

/** Magic and version, as every packet has them. */
export function judgeHeader(view: DataView, { version }: MultifdSettings): PacketError | undefined {
  const magic = view.getUint32(0);
  if (magic !== MULTIFD_MAGIC)
    return { error: told(MULTIFD_PACKET_MAGIC, version, magic, MULTIFD_MAGIC), field: "magic", offset: 0 };
  const wire = view.getUint32(4);
  if (wire !== MULTIFD_VERSION)
    return {
      error: told(MULTIFD_PACKET_VERSION, version, wire, MULTIFD_VERSION),
      field: "version",
      offset: 4,
    };
  return undefined;
}

/** Judges a whole packet of RAM, whose magic and version were taken. */
export function judgePacket(
  view: DataView,
  settings: MultifdSettings,
  find: FindBlock,
): RamPacket | PacketError {
  const { version, mostPages, pages, head } = settings;
  const nextPacketSize = methodless(settings) ? 0 : view.getUint32(20);
  const bare = valueAt(MULTIFD_SYNC_WITHOUT_PAGES, version, "later") === true;
  if (bare && hasFlag(view.getUint32(8), SYNC)) return { normalPages: 0, zeroPages: 0, nextPacketSize };
  const room = view.getUint32(12);
  if (room > mostPages)
    return { error: told(MULTIFD_PAGES_ALLOC, version, room, mostPages), field: "pagesAlloc", offset: 12 };
  const normalPages = view.getUint32(16);
  if (normalPages > room)
    return {
      error: told(MULTIFD_NORMAL_PAGES, version, normalPages, room),
      field: "normalPages",
      offset: 16,
    };
  const counted = valueAt(MULTIFD_ZERO_PAGES, version, "later") === true;
  const zeroPages = counted ? view.getUint32(32) : 0;
  if (zeroPages > room - normalPages) {
    const error = told(MULTIFD_ZERO_PAGE_COUNT, version, zeroPages, room - normalPages);
    return { error, field: "zeroPages", offset: 32 };
  }
  const ignored = counted || head < HEADER_LENGTH ? 0 : view.getUint32(32);
  const packet = {
    normalPages,
    zeroPages,
    nextPacketSize,
    ...(ignored > 0 && ignored <= room - normalPages ? { ignoredZeroPages: ignored } : {}),
  };
  const offsets = normalPages + zeroPages;
  if (offsets === 0) return packet;
  const name = nameAt(view, head - NAME_LENGTH);
  const block = find(name);
  if (block === undefined)
    return { error: told(MULTIFD_UNKNOWN_BLOCK, version, name), field: "block", offset: head - NAME_LENGTH };
  // What lies behind the packet in memory is taken for offsets, too; mostly it is zero.
  for (let i = 0; i < offsets; i++) {
    if (i >= pages) break;
    const offset = view.getBigUint64(head + 8 * i);
    if (block && offset > BigInt.asUintN(64, BigInt(block.length - PAGE_SIZE))) {
      const error = told(MULTIFD_OFFSET, version, offset, block.length);
      return { error, field: "offset", offset: head + 8 * i };
    }
  }
  return packet;
}

/** Whether all bits of `flag` are in `flags`, which is an unsigned number of 32 bits. */
export function hasFlag(flags: number, flag: number): boolean {
  return (flags & flag) >>> 0 === flag;
}

function methodless({ methodMask }: MultifdSettings): boolean {
  return methodMask === null;
}

function nameAt(view: DataView, at: number): string {
  let name = "";
  for (let i = 0; i < NAME_LENGTH - 1; i++) {
    const byte = view.getUint8(at + i);
    if (byte === 0) break;
    name += String.fromCharCode(byte);
  }
  return name;
}
