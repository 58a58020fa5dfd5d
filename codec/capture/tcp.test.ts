import { describe, expect, it } from "vitest";
import { captureOf, hear, numbered, talk } from "../../test/connections.ts";
import { ACK, FIN, RST, type Segment, SYN } from "../../test/packets.ts";
import type { CaptureLimits } from "./events.ts";

const { open, up, down, close } = talk();
const NONE = new Uint8Array(0);
const A = numbered(100);
const B = numbered(100, 100);
const C = numbered(100, 200);
const ABC = numbered(300);
const other = (data: Uint8Array) => data.map((byte) => byte ^ 0xff);

/** The server's acknowledgement of the client's bytes before `offset`. */
const acknowledges = (offset: number, from = 0) => down(from, NONE, { acknowledgement: 1001 + offset });

interface Case {
  readonly packets: readonly Segment[];
  readonly log: readonly string[];
  readonly up?: Uint8Array;
  readonly rules?: readonly string[];
  readonly limits?: Partial<CaptureLimits>;
  readonly cut?: number;
}

const open0 = "established 2000000";

const cases: Readonly<Record<string, Case>> = {
  "bytes in order": {
    packets: [...open(), up(0, A), up(100, B), up(200, C), ...close(300, 0)],
    log: [open0, "bytes up 300", "fin up", "fin down", "end fin"],
    up: ABC,
  },
  "a retransmission": {
    packets: [...open(), up(0, A), up(0, A), up(100, B), up(0, A), up(200, C)],
    log: [open0, "bytes up 300", "end open"],
    up: ABC,
  },
  "a retransmission that adds bytes": {
    packets: [...open(), up(0, A), up(50, ABC.subarray(50, 250)), up(200, C)],
    log: [open0, "bytes up 300", "end open"],
    up: ABC,
  },
  "a retransmission of other bytes": {
    packets: [...open(), up(0, A), up(0, other(A)), up(100, B)],
    log: [open0, "bytes up 200", "end open"],
    up: ABC.subarray(0, 200),
    rules: ["TCP_OVERLAP_AGREES"],
  },
  "a retransmission of which one byte differs": {
    packets: [...open(), up(0, A), up(100, B), up(50, ABC.slice(50, 250).with(60, 0))],
    log: [open0, "bytes up 250", "end open"],
    up: ABC.subarray(0, 250),
    rules: ["TCP_OVERLAP_AGREES"],
  },
  "segments out of order": {
    packets: [...open(), up(200, C), up(100, B), up(0, A)],
    log: [open0, "bytes up 300", "end open"],
    up: ABC,
  },
  "segments out of order, of other bytes where they overlap": {
    packets: [...open(), up(200, C), up(150, other(ABC.subarray(150, 250))), up(0, ABC.subarray(0, 150))],
    log: [open0, "bytes up 300", "end open"],
    rules: ["TCP_OVERLAP_AGREES"],
  },
  "a segment that was lost, at the end of the capture": {
    packets: [...open(), up(0, A), up(200, C)],
    log: [open0, "bytes up 100", "gap up 100 not-captured", "bytes up 100", "end open"],
  },
  "a segment that was lost, at a reset": {
    packets: [...open(), up(0, A), up(200, C), down(0, NONE, { flags: RST | ACK })],
    log: [open0, "bytes up 100", "gap up 100 not-captured", "bytes up 100", "end rst down"],
  },
  "a segment that was lost and acknowledged, long before the end": {
    packets: [
      ...open(),
      up(0, A),
      up(200, C),
      ...Array.from({ length: 70 }, () => acknowledges(300)),
      down(0, A),
      up(300, A),
    ],
    log: [
      open0,
      "bytes up 100",
      "gap up 100 not-captured",
      "bytes up 100",
      "bytes down 100",
      "bytes up 100",
      "end open",
    ],
  },
  "an acknowledgement that comes before the bytes": {
    packets: [...open(), acknowledges(100), up(0, A), acknowledges(300), up(200, C), up(100, B)],
    log: [open0, "bytes up 300", "end open"],
    up: ABC,
  },
  "an acknowledgement of bytes that never come": {
    packets: [...open(), up(0, A), acknowledges(5100)],
    log: [open0, "bytes up 100", "gap up 5000 not-captured", "end open"],
  },
  "a false acknowledgement in a stream that goes on": {
    packets: [
      ...open(),
      acknowledges(1e6),
      ...Array.from({ length: 100 }, (_, i) => up(100 * i, A)),
      up(10_000, NONE, { flags: FIN | ACK }),
      ...Array.from({ length: 100 }, () => acknowledges(10_001)),
    ],
    log: [open0, "bytes up 10000", "fin up", "end open"],
  },
  "a tail that was lost before FIN": {
    packets: [...open(), up(0, A), up(250, NONE, { flags: FIN | ACK }), down(0, NONE, { flags: FIN | ACK })],
    log: [open0, "bytes up 100", "fin down", "gap up 150 not-captured", "fin up", "end fin"],
  },
  "a FIN that was not captured": {
    packets: [...open(), up(0, A), ...Array.from({ length: 100 }, () => acknowledges(101))],
    log: [open0, "bytes up 100", "end open"],
  },
  "FIN with bytes, before others": {
    packets: [...open(), up(200, C, { flags: FIN | ACK }), up(0, A), up(100, B)],
    log: [open0, "bytes up 300", "fin up", "end open"],
    up: ABC,
  },
  "FIN again and again": {
    packets: [...open(), ...close(0, 0), ...close(0, 0), down(0, NONE, { flags: RST })],
    log: [open0, "fin up", "fin down", "end fin"],
  },
  "bytes behind FIN": {
    packets: [...open(), up(0, A, { flags: FIN | ACK }), up(100, B), up(101, B)],
    log: [open0, "bytes up 100", "fin up", "end open"],
  },
  "keepalive probes": {
    packets: [
      ...open(),
      up(0, A),
      up(99, NONE),
      acknowledges(100),
      up(99, Uint8Array.of(0)),
      acknowledges(100),
      up(100, B),
    ],
    log: [open0, "bytes up 200", "end open"],
    up: ABC.subarray(0, 200),
  },
  "a probe of a closed window": {
    packets: [...open(), up(0, A), up(100, B.subarray(0, 1)), up(100, B.subarray(0, 1)), up(100, B)],
    log: [open0, "bytes up 200", "end open"],
    up: ABC.subarray(0, 200),
  },
  "no SYN": {
    packets: [up(500, A), down(700, B), up(600, B), acknowledges(1200)],
    log: ["bytes up 100", "bytes down 100", "bytes up 100", "gap up 500 not-captured", "end open"],
  },
  "no SYN from the client": {
    packets: [...open().slice(1), up(0, A), up(100, B)],
    log: ["established 1000000", "bytes up 200", "end open"],
  },
  "no SYN from the server": {
    packets: [...open().filter((_, i) => i !== 1), down(100, B), down(0, A), up(0, A)],
    log: ["established 1000000", "bytes down 200", "bytes up 100", "end open"],
  },
  "bytes with SYN": {
    packets: [up(-1, A, { flags: SYN, acknowledgement: 0 }), ...open().slice(1), up(100, B)],
    log: ["bytes up 100", open0, "bytes up 100", "end open"],
    up: ABC.subarray(0, 200),
  },
  "SYN twice": {
    packets: [open()[0] ?? up(0, A), ...open(), up(0, A)],
    log: ["established 3000000", "bytes up 100", "end open"],
  },
  "a refused connection": {
    packets: [open()[0] ?? up(0, A), down(-1, NONE, { flags: RST | ACK })],
    log: ["end rst down"],
  },
  "a reset of nothing": { packets: [down(-1, NONE, { flags: RST })], log: [] },
  "packets cut by the snap length": {
    packets: [...open(), up(0, A), up(100, B), up(200, C)],
    log: [open0, ...[1, 2, 3].flatMap(() => ["bytes up 46", "gap up 54 snaplen"]), "end open"],
    rules: ["CAPTURE_PACKETS_WHOLE"],
    cut: 100,
  },
  "packets cut within their headers": {
    packets: [...open(), up(0, A, { options: 40 }), up(100, B, { options: 40 })],
    log: [open0, "gap up 200 snaplen", "end open"],
    rules: ["CAPTURE_PACKETS_WHOLE"],
    cut: 60,
  },
  "packets cut before their ports": {
    packets: [...open(), up(0, A)],
    log: [],
    rules: ["CAPTURE_PACKETS_WHOLE", "CAPTURE_PACKETS_READ"],
    cut: 40,
  },
  "more behind a hole than is kept": {
    packets: [...open(), ...Array.from({ length: 60 }, (_, i) => up(100 + 100 * i, A)), up(0, A)],
    log: [open0, "gap up 100 bounds", "bytes up 6000", "end open"],
    limits: { heldBytesPerDirection: 10_000 },
  },
  "more parts behind holes than are kept": {
    packets: [...open(), ...Array.from({ length: 12 }, (_, i) => up(1 + 2 * i, Uint8Array.of(i)))],
    log: [
      open0,
      ...Array.from({ length: 2 }, () => ["gap up 1 bounds", "bytes up 1"]).flat(),
      ...Array.from({ length: 10 }, () => ["gap up 1 not-captured", "bytes up 1"]).flat(),
      "end open",
    ],
    limits: { heldSegmentsPerDirection: 10 },
  },
  "a hole of more than 2 GiB": {
    packets: [...open(), up(0, A), up(2 ** 31 + 1000, B)],
    log: [open0, "bytes up 100", `gap up ${2 ** 31 + 900} not-captured`, "bytes up 100", "end open"],
  },
};

/** Small gaps of one kind that follow one another are one. */
function joined(log: readonly string[]): string[] {
  const out: string[] = [];
  for (const line of log) {
    const [what, direction, length, why] = line.split(" ");
    const before = out.at(-1)?.split(" ");
    if (what === "gap" && before && before[0] === "gap" && before[1] === direction && before[3] === why)
      out[out.length - 1] = `gap ${direction} ${Number(before[2]) + Number(length)} ${why}`;
    else out.push(line);
  }
  return out;
}

describe("one connection", () => {
  it.each(Object.entries(cases))("%s", (_, { packets, log, up, rules = [], limits = {}, cut }) => {
    const found = hear(captureOf(packets, cut), { limits });
    expect(joined(found.heard[0]?.log ?? [])).toEqual(log);
    if (up) expect(found.heard[0]?.up).toEqual(up);
    expect(found.rules).toEqual(rules);
    expect(found.heard.length).toBeLessThanOrEqual(1);
  });

  it("says who is who", () => {
    const of = (packets: readonly Segment[]) => hear(captureOf(packets)).heard[0]?.connection;
    const ends = {
      client: { address: "127.0.0.1", port: 40000 },
      server: { address: "127.0.0.1", port: 4444 },
    };
    expect(of(open())).toEqual({ id: 0, ...ends, midstream: false, opened: 0, established: 2_000_000 });
    expect(of(open().slice(1))).toMatchObject({ ...ends, midstream: false });
    expect(of([down(0, A)])).toMatchObject({
      client: ends.server,
      server: ends.client,
      midstream: true,
      established: null,
    });
  });

  it("counts on behind 4 GiB", () => {
    const { open, up } = talk(40000, 2 ** 32 - 150);
    const { heard } = hear(captureOf([...open(), up(0, A), up(200, C), up(100, B)]));
    expect(heard[0]?.up).toEqual(ABC);
  });
});
