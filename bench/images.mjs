/** libvirt save images of any size for measuring. */
import { spawnSync } from "node:child_process";
import { closeSync, openSync, writeSync } from "node:fs";
import { encode, SAVE_FORMATS, SaveHeader } from "../dist/codec/index.js";
import { noise, PAGE_SIZE } from "./streams.mjs";

const PADDING = 65536;
const WORD = 64;

/** Pages that compress about as well as those of a guest at work: a quarter noise, the rest the same few lines. */
export function mixedPages() {
  const fresh = noise(PAGE_SIZE);
  const lines = noise(64 * WORD)();
  const page = new Uint8Array(PAGE_SIZE);
  const kept = lines.slice();
  return () => {
    const bytes = fresh();
    for (let at = 0; at < PAGE_SIZE; at += WORD) {
      const pick = bytes[at] % 64;
      page.set(
        at % (4 * WORD) === 0 ? bytes.subarray(at, at + WORD) : kept.subarray(pick * WORD, (pick + 1) * WORD),
        at,
      );
    }
    return page;
  };
}

/** Writes an image around the stream in a file, compressed as libvirt does; returns where its payload begins. */
export function writeImageFile(path, stream, format, gibibytes) {
  const xml = `<domain type='kvm'><name>bench</name><uuid>6e3a0001-aaaa-4bbb-8ccc-00f2d42d523c</uuid><memory unit='GiB'>${gibibytes}</memory><os><type arch='x86_64' machine='pc-q35-10.0'>hvm</type></os></domain>`;
  const texts = new Uint8Array(xml.length + 1 + PADDING);
  texts.set(new TextEncoder().encode(xml));
  const header = encode(SaveHeader, {
    magic: "LibvirtQemudSave",
    version: 2,
    dataLength: texts.length,
    wasRunning: 1,
    format: SAVE_FORMATS.indexOf(format),
    cookieOffset: 0,
  });
  const fd = openSync(path, "wx");
  const input = openSync(stream, "r");
  try {
    for (const bytes of [header, texts]) writeSync(fd, bytes);
    const { status } = spawnSync(format, ["-c"], { stdio: [input, fd, "inherit"] });
    if (status !== 0) throw new Error(`${format}: exit status ${status}`);
    return header.length + texts.length;
  } finally {
    closeSync(fd);
    closeSync(input);
  }
}
