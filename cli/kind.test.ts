import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { files } from "../test/capture-kinds.ts";
import { fixtures, load } from "../test/captures.ts";
import { loadLibvirt } from "../test/libvirt-fixtures.ts";
import { directionsOf, loadSession, sessionCapture } from "../test/session-captures.ts";
import { temporaryDirectory } from "../test/temporary.ts";
import { closeInput, openInput } from "./io.ts";
import { FORMATS, kindOf } from "./kind.ts";

function kindOfBytes(bytes: Uint8Array, offset = 0) {
  const path = join(temporaryDirectory(), "input");
  writeFileSync(path, bytes);
  const input = openInput(path, offset);
  try {
    return kindOf(input);
  } finally {
    closeInput(input);
  }
}

const preempt = directionsOf(loadSession(sessionCapture("tcp-postcopy-recovery-preempt-11.1-to-11.1.pcap")));
const multifd = directionsOf(loadSession(sessionCapture("tcp-multifd-zlib-5.2-to-10.0.pcap")));
const none = new Uint8Array(0);
const init = (multifd[1]?.up ?? none).slice(0, 64);
const stream = load(fixtures[0] as (typeof fixtures)[number]);

const image = loadLibvirt("libvirt-11.3-raw.save");

function withMagic(magic: string): Uint8Array {
  const bytes = image.slice();
  bytes.set(new TextEncoder().encode(magic));
  return bytes;
}

function swapped(bytes: Uint8Array): Uint8Array {
  for (let at = 16; at < 36; at += 4) bytes.subarray(at, at + 4).reverse();
  return bytes;
}

const kinds: readonly (readonly [what: string, bytes: Uint8Array, kind: string])[] = [
  ["nothing", none, "stream"],
  ["three bytes", new Uint8Array(3), "stream"],
  ["a hole", new Uint8Array(8192), "stream"],
  ["a stream", stream, "stream"],
  ["text", new TextEncoder().encode("#!/bin/sh\necho hello\n"), "stream"],
  ["a main channel", preempt[0]?.up ?? none, "stream"],
  ["a return path", preempt[0]?.down ?? none, "return-path"],
  ["the return path of a recovery", preempt[2]?.down ?? none, "return-path"],
  ["a recovery", preempt[2]?.up ?? none, "recovery"],
  ["a preempt channel", preempt[1]?.up ?? none, "postcopy-preempt"],
  ["a multifd channel", multifd[1]?.up ?? none, "multifd"],
  ["a save image", image, "save-image"],
  ["a save image that is not finished", withMagic("LibvirtQemudPart"), "save-image"],
  ["a save image with a zeroed magic", withMagic("\0".repeat(16)), "save-image"],
  ["a save image with a damaged magic", withMagic("LibvXrtQemudSave"), "save-image"],
  ["a save image of the other byte order", swapped(withMagic("another magic ..")), "save-image"],
  ["a save image cut off in its magic", image.subarray(0, 12), "save-image"],
  ["a save image cut off behind its magic", image.subarray(0, 16), "save-image"],
  ["a save image cut off in its header", image.subarray(0, 50), "save-image"],
  ["what only begins like a header", withMagic("another magic ..").subarray(0, 92), "stream"],
  ["a qcow2 image", loadLibvirt("savevm-7.2.qcow2"), "qcow2"],
  ["the init packet of one", init, "multifd"],
  ["the beginning proposed in 2019", new Uint8Array([...init, ...stream.subarray(0, 100)]), "proposal"],
  ...Object.entries(files).map(([name, bytes]) => [name, bytes, "capture"] as const),
];

describe("the kind of an input", () => {
  it.each(kinds)("%s", (_, bytes, kind) => {
    expect(kindOfBytes(bytes)).toBe(kind);
    expect(kindOfBytes(new Uint8Array([...new Uint8Array(300), ...bytes]), 300)).toBe(kind);
    expect(kindOfBytes(gzipSync(bytes))).toBe(kind);
  });

  it("is not known where gzip is damaged", () => {
    expect(kindOfBytes(gzipSync(stream).fill(0xff, 2, 40))).toBe("stream");
  });

  it("can be said", () => {
    const path = join(temporaryDirectory(), "input");
    writeFileSync(path, stream);
    const input = openInput(path, 0);
    expect(FORMATS.map((format) => kindOf(input, format))).toEqual([
      "stream",
      "multifd",
      "return-path",
      "postcopy-preempt",
      "recovery",
      "capture",
      "save-image",
      "qcow2",
    ]);
    closeInput(input);
  });
});
