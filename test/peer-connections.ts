import { createDestination } from "../compat/peers/destination/destination.ts";
import type { PeerProcess, Seen, Stop } from "../compat/peers/ending.ts";
import { type PeerOptions, qemuPeer } from "../compat/peers/peer.ts";

const MACHINE = "pc-i440fx-5.2";

/** Header and configuration of a stream for the machine that `destination` has. */
export const HEADER = bytesOf(
  Uint8Array.of(0x51, 0x45, 0x56, 0x4d, 0, 0, 0, 3, 7, 0, 0, 0, MACHINE.length),
  new TextEncoder().encode(MACHINE),
);

export function bytesOf(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** The packet that opens a multifd channel. */
export function init(id: number): Uint8Array {
  const bytes = new Uint8Array(64);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x11223344);
  view.setUint32(4, 1);
  view.setUint8(24, id);
  return bytes;
}

/** A multifd packet without pages. */
export function packet({ version = 1, flags = 0, block = "pc.ram", normal = 0 }): Uint8Array {
  const bytes = new Uint8Array(320 + 8 * 128);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x11223344);
  view.setUint32(4, version);
  view.setUint32(8, flags);
  view.setUint32(12, 128);
  view.setUint32(16, normal);
  bytes.set(new TextEncoder().encode(block), 64);
  return bytes;
}

export function destination(version: string, options: PeerOptions): PeerProcess {
  return createDestination(qemuPeer(`qemu-${version}`, { machine: MACHINE, memoryMiB: 32, ...options }));
}

/** What a destination comes to with these connections, before and after all are closed. */
export function observe(
  version: string,
  options: PeerOptions,
  connections: readonly Uint8Array[],
  step = Number.POSITIVE_INFINITY,
): { readonly open: Seen; readonly closed: Seen; readonly stopped: Stop | null } {
  const peer = destination(version, options);
  const numbers = connections.map((bytes) => {
    const number = peer.connect();
    for (let at = 0; at < bytes.length; at += step) {
      const lent = bytes.slice(at, at + step);
      peer.push(number, lent);
      lent.fill(0xaa);
    }
    return number;
  });
  const open = peer.seen();
  for (const number of numbers) peer.close(number);
  return { open, closed: peer.seen(), stopped: peer.stopped() };
}
