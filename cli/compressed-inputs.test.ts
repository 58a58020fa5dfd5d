import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fixtures, load } from "../test/captures.ts";
import { cli } from "../test/cli.ts";
import { written } from "../test/images.ts";
import { loadSession, sessionCapture } from "../test/session-captures.ts";
import { temporaryDirectory } from "../test/temporary.ts";
import { PROGRAMS } from "./payload/programs.ts";

const programs = Object.values(PROGRAMS).map(({ program }) => program);
const present = programs.filter((program) => !spawnSync(program, ["--version"]).error);
const plain = load(fixtures[0] as (typeof fixtures)[number]);
const capture = loadSession(sessionCapture("tcp-multifd-zlib-5.2-to-10.0.pcap"));

function compressed(program: string, bytes: Uint8Array): Uint8Array {
  return new Uint8Array(spawnSync(program, ["-c"], { input: bytes, maxBuffer: 1 << 28 }).stdout);
}

async function decoded(...args: readonly string[]) {
  const { status, out, err } = await cli("decode", "--json", ...args);
  const { input, ...document } = JSON.parse(out);
  return { status, err, container: input.container, document };
}

describe.each(present)("what %s made", (program) => {
  it("is read as the stream in it", async () => {
    const told = await decoded(written(compressed(program, plain)));
    expect(told).toEqual(await decoded(written(plain)));
    expect(told.container).toBe("qevm");
  });

  it("is read as the capture in it", async () => {
    const path = written(compressed(program, capture));
    const { container, document } = await decoded(path);
    expect(container).toBe("pcap");
    expect(document.migrations).toEqual((await decoded(written(capture))).document.migrations);
  });

  it("may come through a pipe", async () => {
    const pipe = join(temporaryDirectory(), "pipe");
    spawnSync("mkfifo", [pipe]);
    const writer = spawn("dd", [`if=${written(compressed(program, plain))}`, `of=${pipe}`], {
      stdio: "ignore",
    });
    const exited = new Promise((resolve) => void writer.once("exit", resolve));
    expect(await decoded(pipe)).toEqual(await decoded(written(plain)));
    await exited;
  });

  it("may begin further on in what comes out", async () => {
    const shifted = new Uint8Array(plain.length + 100);
    shifted.fill(0x33).set(plain, 100);
    const { document, status } = await decoded("--offset", "100", written(compressed(program, shifted)));
    expect({ status, end: document.channels[0].stream.end }).toEqual({
      status: 0,
      end: { reason: "eof", offset: shifted.length },
    });
  });

  it("may be cut off", async () => {
    const packed = compressed(program, plain);
    const { status, out } = await cli("decode", written(packed.slice(0, packed.length - 2000)));
    expect(status).toBe(1);
    expect(out).toMatch(/\[(CONTAINER_SOUND|PAYLOAD_DECOMPRESSES)\]/);
  });

  it("is dumped as what comes out", async () => {
    const { out } = await cli("hex", written(compressed(program, plain)));
    expect(out).toBe((await cli("hex", written(plain))).out);
  });
});

it("needs the program to be there", async () => {
  const { PATH } = process.env;
  const path = written(Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 0, 0, 0));
  process.env.PATH = temporaryDirectory();
  try {
    const { status, out } = await cli("decode", path);
    expect(status).toBe(1);
    expect(out).toContain("needs the program zstd");
    expect(out.match(/\[[A-Z_]+\]/g)).toEqual(["[PAYLOAD_HELPER_FOUND]"]);
  } finally {
    process.env.PATH = PATH;
  }
});
