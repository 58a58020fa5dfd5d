/** Captures of multifd migrations of any size for measuring, the same bytes every time. */
import { pathToFileURL } from "node:url";
import { MULTIFD_FLUSH } from "../dist/codec/index.js";
import { BLOCK, noise, PAGE_SIZE, record, streamHead, streamTail, writeStreamFile } from "./streams.mjs";

export const LOOPBACK_SEGMENT = 32_768;
export const ETHERNET_SEGMENT = 1448;

const PAGES = 128;
const PAYLOAD = PAGES * PAGE_SIZE;
const HEADER = 320 + PAGES * 8;
const MULTIFD_MAGIC = 0x11223344;
const SYNC = 1;
const CHANNELS = 2;
const PORT = 49152;
const PIECE = 1 << 20;
/** pcap record header, Ethernet, IPv4, TCP with time stamps. */
const FRAME = 16 + 14 + 20 + 32;
const FIN = 1;
const SYN = 2;
const PSH = 8;
const ACK = 16;

/** A pcap of a migration whose guest has `gibibytes` of RAM, all of it sent once over two multifd channels. */
export function* multifdCapture(gibibytes, segment) {
  const total = gibibytes * 2 ** 30;
  const out = createPieces();
  yield* out.add(24, (view, at) => {
    view.setUint32(at, 0xa1b2c3d4);
    view.setUint16(at + 4, 2);
    view.setUint16(at + 6, 4);
    view.setUint32(at + 16, 262_144);
    view.setUint32(at + 20, 1);
  });
  const main = createConnection(out, 40_000, segment);
  const channels = Array.from({ length: CHANNELS }, (_, id) => createConnection(out, 40_001 + id, segment));
  yield* main.open();
  yield* main.send(streamHead(total, record(0, MULTIFD_FLUSH)));
  for (const [id, channel] of channels.entries()) {
    yield* channel.open();
    yield* channel.send(init(id));
    yield* channel.send(packet(SYNC, 0, 0));
  }
  const data = noise(PAYLOAD)();
  const pages = packet(0, PAGES, 0);
  const view = new DataView(pages.buffer);
  for (let offset = 0, number = 0; offset < total; offset += PAYLOAD, number++) {
    view.setUint32(28, number);
    for (let page = 0; page < PAGES; page++) {
      const place = offset + page * PAGE_SIZE;
      view.setUint32(320 + page * 8, Math.floor(place / 2 ** 32));
      view.setUint32(324 + page * 8, place % 2 ** 32);
    }
    const channel = channels[number % CHANNELS];
    yield* channel.send(pages);
    yield* channel.send(data);
  }
  for (const channel of channels) {
    yield* channel.send(packet(SYNC, 0, 0));
    yield* channel.close();
  }
  yield* main.send(streamTail(record(0, MULTIFD_FLUSH)));
  yield* main.close();
  yield* out.rest();
}

function init(id) {
  const bytes = new Uint8Array(64);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MULTIFD_MAGIC);
  view.setUint32(4, 1);
  bytes[24] = id;
  return bytes;
}

function packet(flags, normal, zero) {
  const bytes = new Uint8Array(HEADER);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of [MULTIFD_MAGIC, 1, flags, PAGES, normal, normal * PAGE_SIZE].entries())
    view.setUint32(i * 4, value);
  view.setUint32(32, zero);
  new TextEncoder().encodeInto(BLOCK, bytes.subarray(64));
  return bytes;
}

/** One TCP connection: its packets, with an acknowledgement for every second segment. */
function createConnection(out, port, segment) {
  const sequence = { client: 0xfff0_0000, server: 1000 };
  let unanswered = 0;

  function* frame(client, flags, payload, from = 0, to = 0) {
    const length = to - from;
    const next = sequence[client ? "client" : "server"];
    const acknowledged = sequence[client ? "server" : "client"];
    yield* out.add(FRAME + length, (view, at, bytes) => {
      const time = out.tick();
      view.setUint32(at, Math.floor(time / 1e6));
      view.setUint32(at + 4, time % 1e6);
      view.setUint32(at + 8, FRAME - 16 + length);
      view.setUint32(at + 12, FRAME - 16 + length);
      view.setUint16(at + 28, 0x0800);
      const ip = at + 30;
      view.setUint8(ip, 0x45);
      view.setUint16(ip + 2, 52 + length);
      view.setUint8(ip + 8, 64);
      view.setUint8(ip + 9, 6);
      view.setUint32(ip + 12, client ? 0x0a000001 : 0x0a000002);
      view.setUint32(ip + 16, client ? 0x0a000002 : 0x0a000001);
      const tcp = ip + 20;
      view.setUint16(tcp, client ? port : PORT);
      view.setUint16(tcp + 2, client ? PORT : port);
      view.setUint32(tcp + 4, next);
      view.setUint32(tcp + 8, flags === SYN && client ? 0 : acknowledged);
      view.setUint8(tcp + 12, 0x80);
      view.setUint8(tcp + 13, flags);
      view.setUint16(tcp + 14, 0xffff);
      view.setUint32(tcp + 20, 0x0101080a);
      if (length > 0) bytes.set(payload.subarray(from, to), at + FRAME);
    });
    sequence[client ? "client" : "server"] =
      (next + length + ((flags & (SYN | FIN)) !== 0 ? 1 : 0)) % 2 ** 32;
  }

  return {
    *open() {
      yield* frame(true, SYN);
      yield* frame(false, SYN | ACK);
      yield* frame(true, ACK);
    },
    *send(payload) {
      for (let at = 0; at < payload.length; at += segment) {
        yield* frame(true, ACK | PSH, payload, at, Math.min(at + segment, payload.length));
        if (++unanswered % 2 === 0) yield* frame(false, ACK);
      }
    },
    *close() {
      yield* frame(true, FIN | ACK);
      yield* frame(false, FIN | ACK);
      yield* frame(true, ACK);
    },
  };
}

/** Gathers packets into pieces of about a mebibyte. */
function createPieces() {
  const bytes = new Uint8Array(PIECE + 2 ** 17);
  const view = new DataView(bytes.buffer);
  let at = 0;
  let time = 0;
  return {
    tick: () => (time += 7),
    *add(length, write) {
      if (at + length > bytes.length) yield* this.rest();
      bytes.fill(0, at, at + Math.min(length, FRAME));
      write(view, at, bytes);
      at += length;
    },
    *rest() {
      yield bytes.subarray(0, at);
      at = 0;
    },
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [amount, segment, path] = process.argv.slice(2);
  if (!(Number(amount) > 0) || !(Number(segment) > 0) || path === undefined) {
    process.stderr.write("usage: node bench/captures.mjs GIBIBYTES SEGMENT FILE\n");
    process.exitCode = 2;
  } else writeStreamFile(path, multifdCapture(Number(amount), Number(segment)));
}
