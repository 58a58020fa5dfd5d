import type { Steps } from "../layout/index.ts";
import { type CaptureFile, resynchronise, standStill, unsound } from "./capture-file.ts";
import { type Clock, createClock, takePacket, timeOf } from "./capture-packet.ts";
import { addInterface } from "./capture-state.ts";
import type { CaptureInterface } from "./events.ts";
import { LONGEST_PACKET } from "./pcap.ts";
import {
  ENHANCED_PACKET,
  INTERFACE_DESCRIPTION,
  OBSOLETE_PACKET,
  SECTION_HEADER,
  SIMPLE_PACKET,
} from "./pcapng.ts";
import { readInterfaceOptions } from "./pcapng-options.ts";
import { traceBlock } from "./pcapng-trace.ts";

/** Blocks up to here are looked at in one piece; what is longer holds no packet and is stepped over. */
const LONGEST_BLOCK = 1 << 20;

/** Of one section; packets of further ones are not read. */
const MOST_INTERFACES = 4096;

const BYTE_ORDER_MAGIC = 0x1a2b3c4d;

interface Interface {
  readonly told: CaptureInterface;
  readonly clock: Clock;
}

interface PcapngFile extends CaptureFile {
  /** Of the section being read. */
  little: boolean;
  interfaces: Interface[];
  /** Interfaces of the section that were described. */
  described: number;
}

/** Reads a pcapng file to its end. */
export function* readPcapng(file: CaptureFile): Steps {
  const { cursor, network } = file;
  network.capture.container = "pcapng";
  const pcapng: PcapngFile = { ...file, little: true, interfaces: [], described: 0 };
  const plausible = (view: DataView, at: number, end: number) => isPlausible(pcapng, view, at, end);
  for (;;) {
    if (!cursor.trace) while (takeBlock(pcapng));
    if ((yield* cursor.upTo(12)) < 12) {
      if (!(yield* standStill(file, 12, plausible))) return;
      continue;
    }
    const order = byteOrder(cursor.view, cursor.at, pcapng.little);
    const length = order === undefined ? 0 : cursor.view.getUint32(cursor.at + 4, order);
    if (length < 12 || length % 4 !== 0) {
      const found = order === undefined ? "a section of no byte order" : `${length} bytes`;
      unsound(file, "the length of a block, a multiple of 4", found);
    } else if (length > LONGEST_BLOCK) {
      if (yield* passBlock(pcapng, length)) continue;
    } else if ((yield* cursor.upTo(length)) < length) {
      if (!(yield* standStill(file, length, plausible))) return;
      continue;
    } else if (isClosed(pcapng, length)) {
      if (cursor.trace) traceBlock(file, length, order === true);
      takeBlock(pcapng);
      continue;
    }
    if (!(yield* resynchronise(file, plausible))) return;
  }
}

/** Steps over a block that is too long to hold a packet. Returns false, with nothing consumed, where it is no block. */
function* passBlock(pcapng: PcapngFile, length: number): Steps<boolean> {
  const { cursor } = pcapng;
  const type = cursor.view.getUint32(cursor.at, pcapng.little);
  if (type === SECTION_HEADER || type === INTERFACE_DESCRIPTION || isPacket(type)) {
    unsound(pcapng, `a block of at most ${LONGEST_BLOCK} bytes`, `${length} bytes`);
    return false;
  }
  const start = cursor.offset;
  while (cursor.offset < start + length - 4) {
    const left = start + length - 4 - cursor.offset;
    const have = yield* cursor.upTo(Math.min(left, LONGEST_BLOCK));
    if (have === 0) return true;
    cursor.at += Math.min(have, left);
  }
  if ((yield* cursor.upTo(4)) < 4) return true;
  const again = cursor.view.getUint32(cursor.at, pcapng.little);
  if (again === length) cursor.at += 4;
  else unsound(pcapng, `${length}, the length of the block`, String(again));
  return again === length;
}

const isPacket = (type: number) =>
  type === ENHANCED_PACKET || type === SIMPLE_PACKET || type === OBSOLETE_PACKET;

/** Whether numbers are little endian in the block at hand: a section header brings a byte order of its own. */
function byteOrder(view: DataView, at: number, current: boolean): boolean | undefined {
  if (view.getUint32(at) !== SECTION_HEADER) return current;
  const magic = view.getUint32(at + 8);
  if (magic === BYTE_ORDER_MAGIC) return false;
  return view.getUint32(at + 8, true) === BYTE_ORDER_MAGIC ? true : undefined;
}

/** Whether the block at hand ends with its length. */
function isClosed(pcapng: PcapngFile, length: number): boolean {
  const { view, at } = pcapng.cursor;
  const little = byteOrder(view, at, pcapng.little);
  const again = view.getUint32(at + length - 4, little);
  if (again === length) return true;
  unsound(pcapng, `${length}, the length of the block`, String(again), pcapng.cursor.offset + length - 4);
  return false;
}

/** Takes in the block at hand if it is whole and closed. Agrees with the tables of `pcapng.ts`. */
function takeBlock(pcapng: PcapngFile): boolean {
  const { cursor } = pcapng;
  const { view, at, end } = cursor;
  if (end - at < 12) return false;
  const little = byteOrder(view, at, pcapng.little);
  const length = view.getUint32(at + 4, little);
  if (little === undefined || length < 12 || length % 4 !== 0 || end - at < length) return false;
  if (length > LONGEST_BLOCK || view.getUint32(at + length - 4, little) !== length) return false;
  const type = view.getUint32(at, little);
  const body = length - 12;
  if (type === ENHANCED_PACKET && body >= 20)
    takeEnhanced(pcapng, at, length, view.getUint32(at + 8, little));
  else if (type === OBSOLETE_PACKET && body >= 20)
    takeEnhanced(pcapng, at, length, view.getUint16(at + 8, little));
  else if (type === SIMPLE_PACKET && body >= 4) takeSimple(pcapng, at, length);
  else if (type === INTERFACE_DESCRIPTION && body >= 8) describeInterface(pcapng, at, length);
  else if (type === SECTION_HEADER && body >= 16) {
    pcapng.little = little;
    pcapng.interfaces = [];
    pcapng.described = 0;
  } else if (isPacket(type) || type === INTERFACE_DESCRIPTION || type === SECTION_HEADER)
    unsound(pcapng, "a longer block", `${length} bytes for type ${type}`);
  cursor.at = at + length;
  return true;
}

function describeInterface(pcapng: PcapngFile, at: number, length: number): void {
  if (pcapng.described++ >= MOST_INTERFACES) return;
  const { cursor, little, network } = pcapng;
  const { view } = cursor;
  const { perSecond, offset } = readInterfaceOptions(view, at + 16, at + length - 4, little);
  const told = addInterface(network.capture, view.getUint16(at + 8, little), view.getUint32(at + 12, little));
  pcapng.interfaces.push({ told, clock: createClock(perSecond, offset) });
}

function takeEnhanced(pcapng: PcapngFile, at: number, length: number, id: number): void {
  const { cursor, little, network } = pcapng;
  const { view, bytes } = cursor;
  const found = pcapng.interfaces[id];
  const captured = view.getUint32(at + 20, little);
  if (!found) {
    strangeInterface(pcapng, id);
    return;
  }
  if (captured > length - 32 || captured > LONGEST_PACKET) {
    unsound(
      pcapng,
      `a packet of at most ${Math.min(length - 32, LONGEST_PACKET)} bytes`,
      `${captured} bytes`,
    );
    return;
  }
  const high = view.getUint32(at + 12, little);
  const time = timeOf(network.capture, found.clock, high, view.getUint32(at + 16, little), 2 ** 32);
  const original = view.getUint32(at + 24, little);
  takePacket(network, found.told, bytes, view, at + 28, captured, original, time, cursor.offset);
}

function takeSimple(pcapng: PcapngFile, at: number, length: number): void {
  const { cursor, little, network } = pcapng;
  const { view, bytes } = cursor;
  const found = pcapng.interfaces[0];
  if (!found) {
    strangeInterface(pcapng, 0);
    return;
  }
  const original = view.getUint32(at + 8, little);
  const snapLength = found.told.snapLength || LONGEST_PACKET;
  const captured = Math.min(original, snapLength, length - 16, LONGEST_PACKET);
  const { time } = network.capture.packet;
  takePacket(network, found.told, bytes, view, at + 12, captured, original, time, cursor.offset);
}

function strangeInterface(pcapng: PcapngFile, id: number): void {
  unsound(pcapng, "a packet of an interface described before", `interface ${id}`);
}

/** Whether a block of a known type, closed by its length, begins here. */
function isPlausible({ little }: PcapngFile, view: DataView, at: number, end: number): boolean {
  if (end - at < 12) return false;
  const order = byteOrder(view, at, little);
  const type = view.getUint32(at, little);
  if (order === undefined || (type !== SECTION_HEADER && (type === 0 || type > 10))) return false;
  const length = view.getUint32(at + 4, order);
  if (length < 12 || length % 4 !== 0 || length > end - at) return false;
  return view.getUint32(at + length - 4, order) === length;
}
