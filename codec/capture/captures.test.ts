import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { type Heard, hear } from "../../test/connections.ts";

const SHARED = new URL("../../../shared/captures/", import.meta.url);
const MANIFEST = new URL("manifest.json", SHARED);

interface Entry {
  readonly file: string;
  /** Lines of `tshark -q -z conv,tcp`; rounded, and of whole frames. */
  readonly tshark_conv?: readonly string[];
  readonly derived_from?: string;
}

const entries: readonly Entry[] = existsSync(MANIFEST)
  ? Object.values<Entry>(JSON.parse(readFileSync(MANIFEST, "utf8")).files).filter(({ file }) =>
      /^tcp.*pcap/.test(file),
    )
  : [];

/** SHA-256 over both directions of all connections, each compared with `tshark -z follow,tcp,raw` (4.0.17) once. */
const STREAMS: Readonly<Record<string, string>> = {
  "tcp-any-sll.pcap.gz": "df9c6c29378f85bf",
  "tcp-dirty-bitmaps.pcap.gz": "322b633bd269365a",
  "tcp-failed-missing-device.pcap.gz": "1165d5f5f3b00b5f",
  "tcp-failed-multifd-compression-mismatch.pcap": "e9d56e5c440b24cf",
  "tcp-failed-uuid.pcap": "71a70a65ea8cab79",
  "tcp-late-start.pcap.gz": "8fbd80ac8affe181",
  "tcp-multifd-none-7.2-to-7.2.pcap.gz": "819c4b4afb0b5cd1",
  "tcp-multifd-snaplen96.pcap": "7c606faf9dc92a61",
  "tcp-multifd-zeropage-11.1.pcap.gz": "6e4d334964041487",
  "tcp-multifd-zlib-5.2-to-10.0.pcap": "7c4381ada6fe88da",
  "tcp-multifd-zlib.pcapng.gz": "7c4381ada6fe88da",
  "tcp-multifd-zstd-10.0-to-11.1.pcap": "a396d1e5b63ecf70",
  "tcp-postcopy-5.2-to-10.0.pcap.gz": "40ff45775d3c98e7",
  "tcp-postcopy-7.2-to-7.2.pcap.gz": "29be600b0aba9ee6",
  "tcp-postcopy-preempt-10.0-to-10.0.pcap.gz": "f6d5bd08ada9cb1b",
  "tcp-postcopy-preempt-7.2-to-11.1.pcap.gz": "b7d063dba5932d3a",
  "tcp-postcopy-recovery-10.0-to-11.1.pcap.gz": "bc26301400575450",
  "tcp-postcopy-recovery-7.2-to-7.2.pcap.gz": "60cee3e037ff9315",
  "tcp-postcopy-recovery-preempt-11.1-to-11.1.pcap.gz": "f6be01e4f160dfb2",
  "tcp-precopy-return-path.pcap.gz": "8d7b45411e0122ec",
  "tcp-precopy.pcap.gz": "fa50a9da0e7ee4bd",
  "tcp-switchover-ack.nsec.pcap.gz": "a67c1f3ef1884251",
  "tcp-switchover-ack.pcap": "a67c1f3ef1884251",
  "tcp6-precopy.pcap.gz": "89b79afd2c6f33ea",
};

function load(file: string): Uint8Array {
  const bytes = readFileSync(new URL(file, SHARED));
  return new Uint8Array(file.endsWith(".gz") ? gunzipSync(bytes) : bytes);
}

function streamsOf(heard: readonly Heard[]): string {
  const hash = createHash("sha256");
  for (const { up, down } of heard) hash.update(up).update(down);
  return hash.digest("hex").slice(0, 16);
}

const LINE = /^(\S+):(\d+)\s+<-> (\S+):(\d+)\s+(\d+) (\d+) (bytes|kB)\s+(\d+) (\d+) (bytes|kB)/;

function check(line: string, heard: readonly Heard[]): void {
  const [, address, port, , otherPort, , back, backUnit, , there, thereUnit] = LINE.exec(line) ?? [];
  const found = heard.find(
    ({ connection: { client, server } }) => client.port === Number(port) && server.port === Number(otherPort),
  );
  if (!found) expect.fail(line);
  expect(found.connection.client.address).toBe(address);
  const frames = Number(LINE.exec(line)?.[8]) + Number(LINE.exec(line)?.[5]);
  const total = (direction: string) =>
    found.log.reduce(
      (sum, told) =>
        /^(bytes|gap) /.test(told) && told.split(" ")[1] === direction
          ? sum + Number(told.split(" ")[2])
          : sum,
      0,
    );
  for (const [direction, count, unit] of [
    ["up", there, thereUnit],
    ["down", back, backUnit],
  ] as const) {
    const bytes = Number(count) * (unit === "kB" ? 1000 : 1);
    const rounding = unit === "kB" ? 1000 : 1;
    expect(total(direction), `${line}, ${direction}`).toBeLessThan(bytes + rounding);
    expect(total(direction), `${line}, ${direction}`).toBeGreaterThanOrEqual(bytes - 120 * frames);
  }
}

describe.skipIf(entries.length === 0)("real captures", () => {
  it("are all looked at", () => {
    expect(entries.map(({ file }) => file).toSorted()).toEqual(Object.keys(STREAMS).toSorted());
  });

  it.each(entries)(
    "$file has the connections and bytes that tshark tells",
    ({ file, tshark_conv, derived_from }) => {
      const data = load(file);
      const { heard, rules, summary } = hear(data);
      const conversations =
        tshark_conv ?? entries.find((entry) => entry.file === derived_from)?.tshark_conv ?? [];
      expect(heard.length).toBe(conversations.length);
      for (const line of conversations) check(line, heard);
      expect(streamsOf(heard)).toBe(STREAMS[file]);
      expect(rules).toEqual(file.includes("snaplen") ? ["CAPTURE_PACKETS_WHOLE"] : []);
      expect(summary.tcpPackets).toBe(summary.packets);
      expect(heard.every(({ connection }) => connection.midstream === file.includes("late-start"))).toBe(
        true,
      );
      for (const how of [{ chunk: 1009 }, { chunk: 65_536 }, { spans: true, chunk: 4096 }]) {
        const again = hear(data, how);
        expect(streamsOf(again.heard)).toBe(STREAMS[file]);
        expect(again.heard.map(({ log }) => log)).toEqual(heard.map(({ log }) => log));
      }
    },
  );
});
