import { closeSync, readSync, writeSync } from "node:fs";
import { anonymousFiles } from "./block-files.ts";

/** A page that came before the main channel told its blocks. */
export interface EarlyPage {
  readonly migration: number;
  readonly block: string;
  readonly offset: number;
  readonly zero: boolean;
  readonly pageSize: number;
  readonly epoch: number;
}

/**
 * Keeps pages, in a file without a name, until the block list says where they belong: a source may hold back the list while
 * its multifd channels are under way already.
 */
export interface EarlyPages {
  add(page: EarlyPage, data: Uint8Array): void;
  /** Gives back all pages in their order and forgets them. Data is only lent. */
  replay(take: (page: EarlyPage, data: Uint8Array) => void): void;
  discard(): void;
}

const HEADER = 40;
const ZERO = new Uint8Array(1);

export function createEarlyPages(): EarlyPages {
  const blocks: string[] = [];
  const places = new Map<string, number>();
  const buffer = new Uint8Array(1 << 20);
  const view = new DataView(buffer.buffer);
  let used = 0;
  let written = 0;
  let fd: number | undefined;

  function flush(): void {
    fd ??= anonymousFiles().open(undefined, 0);
    for (let done = 0; done < used; ) done += writeSync(fd, buffer, done, used - done, written + done);
    written += used;
    used = 0;
  }

  function placeOf(block: string): number {
    const place = places.get(block) ?? blocks.length;
    if (place === blocks.length) {
      blocks.push(block);
      places.set(block, place);
    }
    return place;
  }

  function readFully(file: number, out: Uint8Array, position: number): void {
    for (let done = 0; done < out.length; ) {
      const count = readSync(file, out, done, out.length - done, position + done);
      if (count === 0) throw new Error("a temporary file is shorter than it was made");
      done += count;
    }
  }

  return {
    add({ migration, block, offset, zero, pageSize, epoch }, data) {
      const length = zero ? 0 : data.length;
      if (used + HEADER + length > buffer.length) flush();
      for (const [i, number] of [migration, placeOf(block), offset, epoch].entries())
        view.setFloat64(used + 8 * i, number);
      view.setUint32(used + 32, pageSize);
      view.setUint32(used + 36, length);
      if (length > 0) buffer.set(data, used + HEADER);
      used += HEADER + length;
    },
    replay(take) {
      if (used + written === 0) return;
      flush();
      const file = fd;
      const end = written;
      if (file === undefined) return;
      const header = new DataView(new ArrayBuffer(HEADER));
      for (let at = 0; at < end; ) {
        readFully(file, new Uint8Array(header.buffer), at);
        const [migration = 0, place = 0, offset = 0, epoch = 0] = [0, 8, 16, 24].map((i) =>
          header.getFloat64(i),
        );
        const pageSize = header.getUint32(32);
        const length = header.getUint32(36);
        const data = length === 0 ? ZERO : buffer.subarray(0, length);
        if (length > 0) readFully(file, data, at + HEADER);
        at += HEADER + length;
        take({ migration, block: blocks[place] ?? "", offset, zero: length === 0, pageSize, epoch }, data);
      }
      written = 0;
    },
    discard() {
      if (fd !== undefined) closeSync(fd);
      fd = undefined;
    },
  };
}
