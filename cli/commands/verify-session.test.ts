import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { fixtures, load } from "../../test/captures.ts";
import { cli } from "../../test/cli.ts";
import { captureOf, talk } from "../../test/connections.ts";
import { directionsOf, loadSession, sessionCapture, sessionCaptures } from "../../test/session-captures.ts";
import { temporaryDirectory } from "../../test/temporary.ts";

interface Judged {
  readonly verdict: string;
  readonly container: string | null;
  readonly findings: readonly { readonly rule: string; readonly level: string; readonly message: string }[];
}

async function judge(bytes: Uint8Array, ...options: readonly string[]) {
  const path = join(temporaryDirectory(), "input");
  writeFileSync(path, bytes);
  const { status, out, err } = await cli("verify", "--json", ...options, path);
  expect(err).toBe("");
  const [input]: Judged[] = JSON.parse(out).inputs;
  if (!input) throw new TypeError("nothing was judged");
  return { status, ...input, rules: input.findings.map(({ rule }) => rule) };
}

const precopy = loadSession(sessionCapture("tcp-precopy.pcap"));
const multifd = directionsOf(loadSession(sessionCapture("tcp-multifd-zlib-5.2-to-10.0.pcap")));
const stream = load(
  fixtures.find(({ file }) => file === "precopy-10.0-q35-5.2.bin") as (typeof fixtures)[number],
);
const hello = new TextEncoder().encode("GET / HTTP/1.1\r\nHost: example\r\n\r\n");
const tls = Uint8Array.of(0x16, 3, 1, 0, 4, 1, 0, 0, 0);

/** A capture of some bytes from client to server on each of some connections. */
function captured(
  ...uploads: readonly { readonly data: Uint8Array; readonly server?: number }[]
): Uint8Array {
  const talks = uploads.map(({ data, server = 4444 }, i) => {
    const talking = talk(40_000 + i);
    const segments = [...talking.open()];
    for (let at = 0; at < data.length; at += 16_384)
      segments.push(talking.up(at, data.subarray(at, at + 16_384)));
    segments.push(...talking.close(data.length, 0));
    const move = (port: number) => (port === 4444 ? server : port);
    return segments.map((segment) => ({
      ...segment,
      sourcePort: move(segment.sourcePort),
      destinationPort: move(segment.destinationPort),
    }));
  });
  return captureOf(talks.flat());
}

describe("captures that were recorded", () => {
  const verdicts: Readonly<Record<string, readonly [verdict: string, status: number]>> = {
    "tcp-failed-missing-device.pcap.gz": ["whole", 1],
    "tcp-failed-uuid.pcap.gz": ["partial", 1],
    "tcp-failed-multifd-compression-mismatch.pcap.gz": ["partial", 1],
    "tcp-multifd-snaplen96.pcap.gz": ["partial", 1],
    "tcp-late-start.pcap.gz": ["partial", 1],
  };
  it.each(sessionCaptures)("$file", async ({ file, path }) => {
    const { status, out } = await cli("verify", "--json", path);
    const [verdict, expected] = verdicts[file] ?? ["whole", 0];
    expect(JSON.parse(out).inputs[0]).toMatchObject({ name: path, verdict });
    expect(status).toBe(expected);
  });

  it("are judged one by one, beside streams", async () => {
    const { path } = sessionCapture("tcp-precopy.pcap");
    const file = join(temporaryDirectory(), "stream");
    writeFileSync(file, stream);
    const { status, out, err } = await cli("verify", path, file, "/does/not/exist", path);
    expect(status).toBe(2);
    expect(out).toBe(`${path}: whole\n${file}: whole\n${path}: whole\n`);
    expect(err).toContain("/does/not/exist");
  });
});

describe("captures made up", () => {
  it("hold no migration", async () => {
    const told = await judge(captured({ data: hello }, { data: hello }));
    expect(told).toMatchObject({ status: 1, verdict: "unrecognised", rules: ["MIGRATION_IN_CAPTURE"] });
    expect(told.findings[0]?.message).toContain("none of the 2 connections");
  });

  it("end in the middle of a packet", async () => {
    const told = await judge(precopy.subarray(0, precopy.length / 2));
    expect(told).toMatchObject({ status: 1, verdict: "partial", container: "pcap" });
    expect(told.rules).toContain("CAPTURE_FILE_COMPLETE");
  });

  it("are gzipped, and cut off so", async () => {
    expect(await judge(gzipSync(precopy))).toMatchObject({ status: 0, verdict: "whole" });
    const told = await judge(gzipSync(precopy).subarray(0, 20_000));
    expect(told).toMatchObject({ status: 1, verdict: "partial" });
    expect(told.rules).toContain("CONTAINER_SOUND");
  });

  it("hold a migration that is damaged", async () => {
    expect(await judge(captured({ data: stream }))).toMatchObject({ status: 0, verdict: "whole" });
    const told = await judge(captured({ data: stream.with(23, 0x7f) }));
    expect(told).toMatchObject({ status: 1, verdict: "damaged" });
  });

  it("hide something behind TLS: what matters is whether it goes to the destination", async () => {
    expect(await judge(captured({ data: tls }))).toMatchObject({
      verdict: "partial",
      status: 1,
      rules: ["TLS_OPAQUE"],
    });
    expect(await judge(captured({ data: stream }, { data: tls }))).toMatchObject({
      verdict: "partial",
      status: 1,
    });
    const elsewhere = captured({ data: stream }, { data: tls, server: 443 });
    expect(await judge(elsewhere)).toMatchObject({ verdict: "whole", status: 0 });
  });
});

describe("--as-format", () => {
  it("overrides what the bytes say", async () => {
    const up = multifd[2]?.up ?? new Uint8Array(0);
    expect(await judge(up)).toMatchObject({ verdict: "whole", container: "multifd" });
    expect(await judge(up, "--as-format", "qevm")).toMatchObject({
      verdict: "unrecognised",
      rules: ["FILE_MAGIC_KNOWN"],
    });
    expect(await judge(stream, "--as-format", "qevm")).toMatchObject({ verdict: "whole", container: "qevm" });
  });

  const wrong = ["multifd", "return-path", "postcopy-preempt", "recovery", "pcap"] as const;
  it.each(wrong)("says that a stream is not %s", async (format) => {
    const { status, verdict } = await judge(stream, "--as-format", format);
    expect(status).toBe(1);
    expect(verdict).not.toBe("whole");
  });

  it("takes no others", async () => {
    const { status, err } = await cli("verify", "--as-format", "tar", "x");
    expect(status).toBe(2);
    expect(err).toContain("Allowed choices are qevm, multifd, return-path, postcopy-preempt, recovery, pcap");
  });
});

it("notes a file that holds nothing", async () => {
  const directory = temporaryDirectory();
  const paths = [multifd[0]?.up, multifd[1]?.up, multifd[2]?.up, new Uint8Array(0)].map((bytes, i) => {
    const path = join(directory, String(i));
    writeFileSync(path, bytes ?? new Uint8Array(0));
    return path;
  });
  const { status, out } = await cli("verify", ...paths);
  expect(status).toBe(0);
  expect(out).toContain(": whole\n  note: ");
  expect(out).toContain("[CHANNEL_RECOGNISED]");
});
