import { describe, expect, it } from "vitest";
import type { ReturnPathEvent } from "./return-path-events.ts";
import { createReturnPathReader } from "./return-path-reader.ts";
import type { ReturnPathOptions } from "./return-path-state.ts";

const PONG = "0002000400000001";
const SHUT = "0001000400000000";
const REQUEST = "000300130000000000200000000010000670632e72616d";
const MARK = "0123456789abcdef";

function read(hex: string, options: ReturnPathOptions = {}): ReturnPathEvent[] {
  const events: ReturnPathEvent[] = [];
  const reader = createReturnPathReader({ event: (event) => events.push(event) }, options);
  reader.push(bytesOf(hex));
  reader.finish();
  return events;
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** Messages as `name value`, findings as `level RULE @offset`, the end as its reason: one line each. */
function lines(hex: string, options: ReturnPathOptions = {}): string[] {
  return read(hex, options).map(lineOf);
}

function lineOf(event: ReturnPathEvent): string {
  if (event.kind === "message") return `${event.name} ${JSON.stringify(event.value)}`;
  if (event.kind === "return-path-end") return event.reason;
  const { level, rule, offset } = event.finding;
  return `${level} ${rule} @${offset}`;
}

const pagesOf = (block: string) => (block === "pc.ram" ? 8192 : undefined);
const asked = (block: string | null, named: boolean, start: string, length = 4096) =>
  JSON.stringify({ block, named, start, length });

describe("a return path", () => {
  it.each([
    ["nothing", "", ["eof"]],
    ["PONG", PONG, ["PONG 1", "eof"]],
    ["the package being loaded", "0002000400000042", ["PONG 66", "eof"]],
    ["a clean end", SHUT, ["SHUT 0", "eof"]],
    ["a failed one", "0001000400000001", ["error RETURN_PATH_SHUT_CLEAN @4", "SHUT 1", "eof"]],
    ["SWITCHOVER_ACK", "00070000", ["SWITCHOVER_ACK null", "eof"]],
    ["RESUME_ACK", "0006000400000001", ["RESUME_ACK 1", "eof"]],
    [
      "a wrong RESUME_ACK",
      "0006000400000000",
      ["error RETURN_PATH_RESUME_ACCEPTED @4", "RESUME_ACK 0", "eof"],
    ],
    ["a request", REQUEST, [`REQ_PAGES_ID ${asked("pc.ram", true, "2097152")}`, "eof"]],
    [
      "requests of one block",
      `${REQUEST}0004000c000000000020100000001000`,
      [
        `REQ_PAGES_ID ${asked("pc.ram", true, "2097152")}`,
        `REQ_PAGES ${asked("pc.ram", false, "2101248")}`,
        "eof",
      ],
    ],
    [
      "a request of no block",
      "0004000c000000000000000000001000",
      ["error RETURN_PATH_BLOCK_NAMED @4", `REQ_PAGES ${asked(null, false, "0")}`, "eof"],
    ],
    [
      "a request beyond 2^53",
      "0004000cfffffffffffff00000001000",
      ["error RETURN_PATH_BLOCK_NAMED @4", `REQ_PAGES ${asked(null, false, "18446744073709547520")}`, "eof"],
    ],
    [
      "a misaligned request",
      "000300130000000000200123000010000670632e72616d",
      ["error RETURN_PATH_REQUEST_ALIGNED @4", `REQ_PAGES_ID ${asked("pc.ram", true, "2097443")}`, "eof"],
    ],
    [
      "a request for nothing",
      "000300130000000000200000000000000670632e72616d",
      [
        "warning RETURN_PATH_REQUEST_ALIGNED @4",
        `REQ_PAGES_ID ${asked("pc.ram", true, "2097152", 0)}`,
        "eof",
      ],
    ],
    [
      "a request beyond the block",
      "000300130000000001fff000000100000670632e72616d",
      [
        "error RETURN_PATH_REQUEST_IN_BLOCK @4",
        `REQ_PAGES_ID ${asked("pc.ram", true, "33550336", 65536)}`,
        "eof",
      ],
    ],
    [
      "KEEPALIVE",
      `00080000${PONG}`,
      ["warning RETURN_PATH_MESSAGE_RELEASED @0", "KEEPALIVE null", "PONG 1", "eof"],
    ],
    [
      "KEEPALIVE with a payload",
      `0008000400000000${PONG}`,
      ["warning RETURN_PATH_MESSAGE_RELEASED @0", "KEEPALIVE null", "PONG 1", "eof"],
    ],
    [
      "types no release knows",
      `00090003abcdef000a0000${PONG}`,
      [
        "error RETURN_PATH_MESSAGE_KNOWN @0",
        "UNKNOWN_9 null",
        "error RETURN_PATH_MESSAGE_KNOWN @7",
        "UNKNOWN_10 null",
        "PONG 1",
        "eof",
      ],
    ],
    [
      "a long one of unknown type",
      `43210300${"00".repeat(0x300)}${PONG}`,
      ["error RETURN_PATH_MESSAGE_KNOWN @0", "UNKNOWN_17185 null", "PONG 1", "eof"],
    ],
    ["type 0", "00000000", ["error RETURN_PATH_MESSAGE_KNOWN @0", "UNKNOWN_0 null", "eof"]],
    [
      "a short PONG",
      `000200020001${PONG}`,
      ["error RETURN_PATH_LENGTH_FIXED @0", "PONG null", "PONG 1", "eof"],
    ],
    [
      "a length that lies",
      "0002ffff",
      ["error RETURN_PATH_LENGTH_FIXED @0", "warning RETURN_PATH_ABANDONED @0", "error"],
    ],
    [
      "a length that lies before others",
      `0002ffff00000001${PONG}${SHUT}`,
      ["error RETURN_PATH_LENGTH_FIXED @0", "note RETURN_PATH_RESUMED @8", "PONG 1", "SHUT 0", "eof"],
    ],
    [
      "more than a source reads",
      `00030201${"00".repeat(0x201)}`,
      ["error RETURN_PATH_LENGTH_BOUNDED @0", "REQ_PAGES_ID null", "eof"],
    ],
    [
      "as much as a source reads",
      `00030200${"00".repeat(0x200)}`,
      ["error RETURN_PATH_LENGTH_EXACT @0", "REQ_PAGES_ID null", "eof"],
    ],
    [
      "a name that is too long",
      `000300130000000000000000000010002070632e72616d${PONG}`,
      ["error RETURN_PATH_LENGTH_EXACT @0", "REQ_PAGES_ID null", "PONG 1", "eof"],
    ],
    [
      "no name at all",
      "0003000d00000000000000000000100000",
      ["error RETURN_PATH_BLOCK_NAMED @4", `REQ_PAGES_ID ${asked("", true, "0")}`, "eof"],
    ],
    ["a bitmap of no block", "00050000", ["error RETURN_PATH_LENGTH_EXACT @0", "RECV_BITMAP null", "eof"]],
    [
      "what a source does not read",
      `${SHUT}${PONG}`,
      ["SHUT 0", "note RETURN_PATH_ENDS_WITH_SHUT @8", "PONG 1", "eof"],
    ],
    ["half a header", "0002", ["error RETURN_PATH_COMPLETE @0", "truncated"]],
    ["half a PONG", `${PONG}000200040000`, ["PONG 1", "error RETURN_PATH_COMPLETE @8", "truncated"]],
    [
      "damage",
      `${PONG}ffffffffff00${PONG}${REQUEST}`,
      [
        "PONG 1",
        "error RETURN_PATH_MESSAGE_KNOWN @8",
        "note RETURN_PATH_RESUMED @14",
        "PONG 1",
        `REQ_PAGES_ID ${asked("pc.ram", true, "2097152")}`,
        "eof",
      ],
    ],
    [
      "zeros",
      "00".repeat(64),
      ["error RETURN_PATH_MESSAGE_KNOWN @0", "warning RETURN_PATH_ABANDONED @0", "error"],
    ],
  ])("tells %s", (_, hex, expected) => {
    expect(lines(hex, { pagesOf })).toEqual(expected);
  });

  it("counts findings beyond the first of a kind", () => {
    const events = read("00090000".repeat(100));
    expect(events.filter(({ kind }) => kind === "finding")).toHaveLength(64);
    expect(events.at(-1)).toEqual({
      kind: "return-path-end",
      offset: 400,
      reason: "eof",
      messages: 100,
      untold: { RETURN_PATH_MESSAGE_KNOWN: 36 },
    });
  });

  it("begins at the offset it is told, with the page size it is told", () => {
    const events = read(REQUEST, { offset: 2 ** 40, pageSize: () => 65_536 });
    expect(events.map((event) => ("offset" in event ? event.offset : event.finding.args.expected))).toEqual([
      65_536,
      2 ** 40,
      2 ** 40 + 23,
    ]);
  });
});

describe("a received bitmap", () => {
  const reply = (size: string, bits: string, mark = MARK) => `000500070670632e72616d${size}${bits}${mark}`;
  const bitmapOf = (hex: string, pages?: number) => {
    const message = read(hex, { pagesOf: () => pages }).find(({ kind }) => kind === "message");
    return message?.kind === "message" && message.name === "RECV_BITMAP" ? message.value : undefined;
  };
  const SIZE8 = "0000000000000008";

  it.each([
    ["full", "ffffffffffffffff", undefined, { pages: 64, received: 64, missing: 0, uncertain: 0 }, []],
    ["full, known", "ffffffffffffffff", 64, { pages: 64, received: 64, missing: 0, uncertain: 0 }, []],
    ["padded", "0f00000000000000", undefined, { pages: null, received: 4, missing: 0, uncertain: 60 }, []],
    ["padded, known", "0f00000000000000", 6, { pages: 6, received: 4, missing: 2, uncertain: 0 }, [[4, 2]]],
    [
      "with holes",
      "fe00000000000080",
      undefined,
      { pages: 64, received: 8, missing: 56, uncertain: 0 },
      [
        [0, 1],
        [8, 55],
      ],
    ],
    [
      "empty",
      "0000000000000000",
      undefined,
      { pages: null, received: 0, missing: 1, uncertain: 63 },
      [[0, 1]],
    ],
    [
      "empty, known",
      "0000000000000000",
      32,
      { pages: 32, received: 0, missing: 32, uncertain: 0 },
      [[0, 32]],
    ],
  ] as const)("is counted when %s", (_, bits, pages, counts, missing) => {
    const bitmap = bitmapOf(reply(SIZE8, bits), pages);
    expect(bitmap).toMatchObject({ block: "pc.ram", size: "8", pageSize: 4096, complete: true, ...counts });
    expect(bitmap?.missingRanges.ranges).toEqual(
      missing.map(([first, count]) => ({ start: first * 4096, length: count * 4096 })),
    );
  });

  it.each([
    ["is not the block's", reply(SIZE8, "00".repeat(8)), 65, ["error RECEIVED_BITMAP_SIZE_EXACT @11"], "eof"],
    [
      "is no multiple of 8",
      reply("0000000000000003", "ffffff"),
      undefined,
      ["error RECEIVED_BITMAP_SIZE_EXACT @11"],
      "eof",
    ],
    [
      "is 2^63",
      `${reply("8000000000000000", "", "")}${PONG}${PONG}`,
      undefined,
      ["error RECEIVED_BITMAP_SIZE_EXACT @11", "note RETURN_PATH_RESUMED @19"],
      "eof",
    ],
    [
      "is far more than the block's",
      `${reply("0000000010000000", "", "")}${PONG}${PONG}`,
      64,
      ["error RECEIVED_BITMAP_SIZE_EXACT @11", "note RETURN_PATH_RESUMED @19"],
      "eof",
    ],
    [
      "is believable but not there",
      reply("0000000010000000", "", ""),
      undefined,
      ["error RETURN_PATH_COMPLETE @19"],
      "truncated",
    ],
    ["is missing", reply("", "", ""), undefined, ["error RETURN_PATH_COMPLETE @11"], "truncated"],
  ] as const)("is told of when its size %s", (_, hex, pages, findings, reason) => {
    const told = lines(hex, { pagesOf: () => pages });
    expect(told.filter((line) => / RE/.test(line) && !line.startsWith("RECV"))).toEqual(findings);
    expect(told.at(-1)).toBe(reason);
  });

  it("is told of when its end mark is wrong", () => {
    expect(bitmapOf(reply(SIZE8, "ffffffffffffffff", "0123456789abcdee"))).toMatchObject({ complete: false });
    const told = lines(`${reply(SIZE8, "ffffffffffffffff", "0123456789abcdee")}${PONG}${PONG}`);
    expect(told.map((line) => line.split(" ")[1])).toEqual([
      "RECEIVED_BITMAP_ENDS",
      expect.stringContaining("pc.ram"),
      "RETURN_PATH_RESUMED",
      "1",
      "1",
      undefined,
    ]);
  });

  it("is told of when pages beyond the block are set", () => {
    expect(lines(reply(SIZE8, "ff00000000000000"), { pagesOf: () => 6 })[0]).toBe(
      "warning RECEIVED_BITMAP_IN_BLOCK @11",
    );
  });
});
