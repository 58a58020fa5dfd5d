import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import {
  deviceState,
  feedMultifd,
  inflaters,
  init,
  multifdEvents,
  packet,
  pagesOf,
  rulesOf,
  sync,
  xInit,
  xPacket,
} from "../../../test/multifd.ts";
import { concat, header } from "../../../test/streams.ts";
import type { FindingRule } from "../finding.ts";
import type { MultifdEvent, MultifdOptions } from "./multifd-events.ts";

const ram = (usedLength = 1 << 20, pageSize = 4096) => ({
  ram: () => ({ pageSize, block: (idstr: string) => (idstr === "pc.ram" ? { usedLength } : undefined) }),
});
const zlib = (offsets: readonly number[]) =>
  new Uint8Array(deflateSync(pagesOf(offsets, 4096), { finishFlush: 2 }));
const packets = (events: readonly MultifdEvent[]) =>
  events.filter((event) => event.kind === "multifd-packet");
const endOf = (events: readonly MultifdEvent[]) => events.at(-1);
const plain = packet({ normal: [0] });

interface Case {
  readonly what: string;
  readonly bytes: Uint8Array;
  readonly rules: readonly FindingRule[];
  readonly packets?: number;
  readonly reason?: string;
  readonly options?: MultifdOptions;
}

const zlibPacket = packet({ flags: 2, normal: [0, 4096], payload: zlib([0, 4096]) });

const cases: readonly Case[] = [
  {
    what: "pages, zero pages and SYNC",
    bytes: concat(init(), sync(), packet({ normal: [0], zero: [4096] })),
    rules: [],
    packets: 2,
  },
  {
    what: "an old SYNC whose payload size is stale",
    bytes: concat(init(), plain, packet({ flags: 1, nextPacketSize: 4096 }), plain),
    rules: [],
    packets: 3,
  },
  {
    what: "pages and SYNC at once",
    bytes: concat(init(), packet({ flags: 1, normal: [0] }), plain),
    rules: [],
    packets: 2,
  },
  {
    what: "the stack of 4.0 in its init packet",
    bytes: concat(init({ reserved: new Uint8Array(39).fill(9) }), plain),
    rules: ["MULTIFD_RESERVED_ZERO"],
    packets: 1,
  },
  { what: "init alone", bytes: init(), rules: [], packets: 0 },
  { what: "init of 3.0 alone", bytes: xInit(), rules: [], packets: 0 },
  { what: "nothing", bytes: new Uint8Array(0), rules: ["STREAM_COMPLETE"], packets: 0, reason: "truncated" },
  {
    what: "half an init packet",
    bytes: init().subarray(0, 40),
    rules: ["STREAM_COMPLETE"],
    packets: 0,
    reason: "truncated",
  },
  {
    what: "packets of 3.0",
    bytes: concat(xInit(), xPacket(16, [0, 8192]), xPacket(16, [], 1)),
    rules: [],
    packets: 2,
  },
  {
    what: "packets of 3.0 with flags of later ones",
    bytes: concat(xInit(), xPacket(16, [0], 2)),
    rules: ["MULTIFD_FLAGS_KNOWN"],
    packets: 1,
  },
  {
    what: "a packet of 3.0 with too many pages",
    bytes: concat(xInit(), xPacket(10_001, []), xPacket(16, [0])),
    rules: ["STREAM_WELL_FORMED", "MULTIFD_RESUMED"],
    packets: 1,
  },
  {
    what: "a packet of 3.0 with more pages than room",
    bytes: concat(xInit(), xPacket(2, [0, 1], 0, 3), xPacket(16, [0])),
    rules: ["STREAM_WELL_FORMED", "MULTIFD_RESUMED"],
    packets: 1,
  },
  {
    what: "device state",
    bytes: concat(init(), deviceState("0000:00:02.0/vfio", new Uint8Array(70)), sync()),
    rules: [],
    packets: 1,
  },
  {
    what: "device state that asks for a sync",
    bytes: concat(init(), deviceState("vfio", new Uint8Array(7), 0x41), sync()),
    rules: ["MULTIFD_DEVICE_STATE_SOUND"],
    packets: 1,
  },
  {
    what: "empty device state",
    bytes: concat(init(), deviceState("vfio", new Uint8Array(0)), sync()),
    rules: ["MULTIFD_DEVICE_STATE_SOUND"],
    packets: 1,
  },
  {
    what: "device state of an endless name",
    bytes: concat(init(), deviceState("v".repeat(256), new Uint8Array(1)), sync()),
    rules: ["MULTIFD_DEVICE_STATE_SOUND"],
    packets: 1,
  },
  {
    what: "version 2",
    bytes: concat(init({ version: 2 }), packet({ version: 2 })),
    rules: ["MULTIFD_VERSION_SUPPORTED", "MULTIFD_VERSION_SUPPORTED"],
    packets: 1,
  },
  {
    what: "unknown flags",
    bytes: concat(init(), packet({ flags: 0x80 })),
    rules: ["MULTIFD_FLAGS_KNOWN"],
    packets: 1,
  },
  {
    what: "an unknown compression method",
    bytes: concat(init(), packet({ flags: 6, normal: [0], payload: new Uint8Array(5) }), plain),
    rules: ["MULTIFD_FLAGS_KNOWN", "MULTIFD_COMPRESSION_CONSTANT"],
    packets: 2,
  },
  {
    what: "another compression method",
    bytes: concat(init(), plain, zlibPacket),
    rules: ["MULTIFD_COMPRESSION_CONSTANT"],
    packets: 2,
  },
  {
    what: "reserved bytes that are not zero",
    bytes: concat(init(), packet({ reserved: new Uint8Array(28).fill(1) }), plain),
    rules: ["MULTIFD_RESERVED_ZERO"],
    packets: 2,
  },
  {
    what: "more pages than it says it has room for",
    bytes: concat(init(), plain, packet({ normal: [0, 4096], pagesAlloc: 1 }), plain),
    rules: ["MULTIFD_COUNTS_SOUND"],
    packets: 3,
  },
  {
    what: "more room than there is",
    bytes: concat(init(), plain, packet({ normal: [0], pagesAlloc: 129 }), plain),
    rules: ["MULTIFD_COUNTS_SOUND"],
    packets: 3,
  },
  {
    what: "more zero pages than it says it has room for",
    bytes: concat(
      init(),
      packet({ zero: [0, 4096], pagesAlloc: 128 }),
      packet({ zero: [0, 4096], pagesAlloc: 1 }),
    ),
    rules: ["MULTIFD_COUNTS_SOUND"],
    packets: 2,
  },
  {
    what: "more normal pages than a packet has",
    bytes: concat(init(), plain, packet({ normalPages: 129 }), plain),
    rules: ["STREAM_WELL_FORMED", "MULTIFD_RESUMED"],
    packets: 2,
  },
  {
    what: "a wrong payload size",
    bytes: concat(init(), packet({ normal: [0], nextPacketSize: 1 }), plain),
    rules: ["MULTIFD_PAYLOAD_LENGTH"],
    packets: 2,
  },
  {
    what: "a compressed payload without bounds",
    bytes: concat(
      init(),
      packet({ flags: 2, normal: [0], nextPacketSize: 1 << 21, payload: new Uint8Array(9) }),
      plain,
    ),
    rules: ["STREAM_WELL_FORMED", "MULTIFD_RESUMED"],
    packets: 1,
  },
  {
    what: "a block that is not listed",
    bytes: concat(init(), packet({ block: "rom", normal: [0] })),
    rules: ["MULTIFD_BLOCK_KNOWN"],
    packets: 1,
    options: ram(),
  },
  {
    what: "a page behind the end of its block",
    bytes: concat(init(), packet({ normal: [0, 1 << 20] })),
    rules: ["MULTIFD_OFFSET_IN_BLOCK"],
    packets: 1,
    options: ram(),
  },
  {
    what: "a page at the end of its block",
    bytes: concat(init(), packet({ zero: [(1 << 20) - 4096] })),
    rules: [],
    packets: 1,
    options: ram(),
  },
  {
    what: "a page at 2^63",
    bytes: concat(init(), packet({ normal: [1n << 63n] })),
    rules: ["MULTIFD_OFFSET_IN_BLOCK"],
    packets: 1,
    options: ram(),
  },
  {
    what: "an offset between pages",
    bytes: concat(init(), packet({ normal: [2048] })),
    rules: ["MULTIFD_OFFSET_IN_BLOCK"],
    packets: 1,
  },
  {
    what: "a name that fills its field",
    bytes: concat(init(), packet({ block: "n".repeat(256), normal: [0] })),
    rules: ["MULTIFD_BLOCK_KNOWN"],
    packets: 1,
    options: ram(),
  },
  {
    what: "garbage between packets",
    bytes: concat(init(), plain, new Uint8Array(5000).fill(0x11), plain),
    rules: ["STREAM_WELL_FORMED", "MULTIFD_RESUMED"],
    packets: 2,
  },
  {
    what: "garbage at its end",
    bytes: concat(init(), plain, new Uint8Array(5000).fill(0x11)),
    rules: ["STREAM_WELL_FORMED"],
    packets: 1,
    reason: "error",
  },
  {
    what: "a packet cut in its header",
    bytes: concat(init(), plain, plain.subarray(0, 300)),
    rules: ["STREAM_COMPLETE"],
    packets: 1,
    reason: "truncated",
  },
  {
    what: "a packet cut in its pages",
    bytes: concat(init(), plain, plain.subarray(0, 2000)),
    rules: ["STREAM_COMPLETE"],
    packets: 2,
    reason: "truncated",
  },
  {
    what: "no init packet",
    bytes: concat(plain, plain),
    rules: ["MULTIFD_INIT_PRESENT"],
    packets: 2,
  },
  {
    what: "the end of a packet before the others",
    bytes: concat(plain.subarray(700), plain),
    rules: ["MULTIFD_RESUMED", "MULTIFD_INIT_PRESENT"],
    packets: 1,
  },
  {
    what: "nothing of multifd",
    bytes: new Uint8Array(10_000).fill(7),
    rules: ["MULTIFD_INIT_PRESENT"],
    packets: 0,
    reason: "error",
  },
  {
    what: "the main channel as proposed in 2019",
    bytes: concat(init(), header(), new Uint8Array(20)),
    rules: ["MAIN_INIT_PROPOSED"],
    packets: 0,
    reason: "error",
  },
];

describe("a channel with", () => {
  it.each(cases)("$what", ({ bytes, rules, packets: count, reason = "eof", options }) => {
    const events = multifdEvents([bytes], options);
    expect(rulesOf(events)).toEqual(rules);
    expect(packets(events).length).toBe(count);
    expect(endOf(events)).toMatchObject({ kind: "multifd-end", reason, untold: {} });
    if (reason === "eof") expect(endOf(events)).toMatchObject({ offset: bytes.length });
  });

  it("all that a packet can say", () => {
    const events = multifdEvents([
      init({ id: 3 }),
      packet({ flags: 1, normal: [0, 4096], zero: [8192], number: 1n << 60n }),
    ]);
    expect(events[0]).toMatchObject({
      kind: "multifd-init",
      length: 64,
      id: 3,
      uuid: "a1a1a1a1-a1a1-a1a1-a1a1-a1a1a1a1a1a1",
    });
    expect(events[1]).toEqual({
      kind: "multifd-packet",
      offset: 64,
      packetNumber: "1152921504606846976",
      sync: true,
      compression: "none",
      block: "pc.ram",
      normal: 2,
      zero: 1,
      payload: 8192,
      pageSize: 4096,
    });
    expect(endOf(events)).toMatchObject({ packets: 1, syncs: 1 });
  });

  it("no block in packets without pages", () => {
    expect(packets(multifdEvents([init(), packet({ flags: 1 })]))[0]?.block).toBeNull();
  });

  it("device state of a device", () => {
    const events = multifdEvents([init(), deviceState("vfio", new Uint8Array(7))]);
    expect(events[1]).toEqual({
      kind: "multifd-device-state",
      offset: 64,
      idstr: "vfio",
      instance: 2,
      length: 7,
      sync: false,
    });
  });

  it("offsets that count from where it begins", () => {
    const events = multifdEvents([init(), plain], { offset: 1000 });
    expect(events.map((event) => ("offset" in event ? event.offset : -1))).toEqual([
      1000,
      1064,
      1064 + plain.length,
    ]);
  });

  it("too many remarks to tell them all", () => {
    const events = multifdEvents([init(), ...Array.from({ length: 70 }, () => packet({ flags: 0x80 }))]);
    expect(rulesOf(events).length).toBe(64);
    expect(endOf(events)).toMatchObject({ untold: { MULTIFD_FLAGS_KNOWN: 6 } });
  });
});

describe("the page size", () => {
  const sizes = [256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536];

  it.each(sizes)("of %i is seen in the packets", (pageSize) => {
    const own = packet({ pageSize, normal: [0, pageSize] });
    const events = multifdEvents([init(), own, own]);
    expect(rulesOf(events)).toEqual([]);
    expect(packets(events).map((event) => event.pageSize)).toEqual([pageSize, pageSize]);
  });

  it.each(sizes)("of %i is seen in what follows a SYNC alone", (pageSize) => {
    for (const bytes of [
      [sync(pageSize)],
      [sync(pageSize), sync(pageSize)],
      [sync(pageSize), packet({ pageSize })],
    ]) {
      const events = multifdEvents([init(), ...bytes]);
      expect(rulesOf(events)).toEqual([]);
      expect(packets(events).map((event) => event.pageSize)).toEqual(bytes.map(() => pageSize));
    }
  });

  it.each(sizes)("of %i is taken as told", (pageSize) => {
    for (const options of [{ pageSize }, ram(1 << 20, pageSize)]) {
      const events = multifdEvents([init(), sync(pageSize), packet({ pageSize, normal: [0] })], options);
      expect(rulesOf(events)).toEqual([]);
      expect(packets(events).map((event) => event.pageSize)).toEqual([pageSize, pageSize]);
    }
  });

  it("is not believed against a packet whose counts agree", () => {
    const own = packet({ pageSize: 16384, normal: [0] });
    expect(rulesOf(multifdEvents([init(), own, own], { pageSize: 4096 }))).toEqual([]);
  });

  it("is measured where the packet's room is a lie", () => {
    const events = multifdEvents([init(), packet({ pageSize: 8192, normal: [0, 8192], pagesAlloc: 3 })]);
    expect(packets(events)[0]?.pageSize).toBe(8192);
  });
});

describe("blocks that become known", () => {
  const blocks = (known: () => boolean) => ({
    ram: () =>
      known()
        ? {
            pageSize: 4096,
            block: (idstr: string) => (idstr === "pc.ram" ? { usedLength: 8192 } : undefined),
          }
        : undefined,
  });
  const bytes = [
    init(),
    packet({ normal: [8192] }),
    packet({ normal: [4096] }),
    packet({ block: "rom", normal: [0] }),
  ];

  it("later are held against what came before", () => {
    let known = false;
    const events: MultifdEvent[] = [];
    const list = blocks(() => known);
    feedMultifd(
      [...bytes, packet({ normal: [0] })],
      {
        event(event) {
          events.push(event);
          known ||= event.kind === "multifd-packet" && event.block === "rom";
        },
      },
      list,
    );
    expect(rulesOf(events)).toEqual(["MULTIFD_OFFSET_IN_BLOCK", "MULTIFD_BLOCK_KNOWN"]);
    expect(events.findIndex(({ kind }) => kind === "finding")).toBe(4);
  });

  it("at the end are held against all", () => {
    let asked = 0;
    const events = multifdEvents(
      bytes,
      blocks(() => ++asked > 4),
    );
    expect(rulesOf(events).sort()).toEqual(["MULTIFD_BLOCK_KNOWN", "MULTIFD_OFFSET_IN_BLOCK"]);
  });

  it("never are not missed", () => {
    expect(rulesOf(multifdEvents(bytes))).toEqual([]);
  });
});

describe("pages", () => {
  const shown = (pieces: readonly (Uint8Array | number)[], options: MultifdOptions = {}) => {
    const pages: string[] = [];
    feedMultifd(
      pieces,
      {
        event: () => {},
        page: (block, offset, kind, data, pageSize) => {
          const length = kind === "zero" ? 1 : pageSize;
          const expected = kind === "zero" ? new Uint8Array(1) : pagesOf([offset], pageSize);
          pages.push(`${block} ${offset} ${kind}`);
          expect(data.length).toBe(length);
          expect(data).toEqual(expected);
        },
      },
      options,
    );
    return pages;
  };
  const mixed = packet({ normal: [0, 8192], zero: [4096] });
  const three = ["pc.ram 4096 zero", "pc.ram 0 normal", "pc.ram 8192 normal"];

  it("are shown, zero pages first as destinations take them", () => {
    expect(shown([init(), mixed])).toEqual(three);
    expect(shown([xInit(), xPacket(16, [0])])).toEqual(["pc.ram 0 normal"]);
  });

  it("are shown inflated", () => {
    expect(shown([init(), zlibPacket], { inflaters: inflaters() })).toEqual([
      "pc.ram 0 normal",
      "pc.ram 4096 normal",
    ]);
  });

  it("are not shown where nothing inflates them", () => {
    expect(shown([init(), zlibPacket])).toEqual([]);
  });

  it("without a place are not shown", () => {
    expect(shown([init(), packet({ normal: [0, 1 << 20], zero: [100, 1 << 21] })], ram())).toEqual([
      "pc.ram 0 normal",
    ]);
    expect(shown([init(), packet({ block: "rom", normal: [0], zero: [4096] })], ram())).toEqual([]);
    expect(shown([init(), packet({ normal: [1n << 63n] })])).toEqual([]);
  });

  it("that the capture lacks are not shown, those behind them are", () => {
    const at = mixed.length - 8192 + 10;
    expect(shown([init(), mixed.subarray(0, at), 20, mixed.subarray(at + 20), mixed])).toEqual([
      ...["pc.ram 4096 zero", "pc.ram 8192 normal"],
      ...three,
    ]);
  });
});

describe("bytes that a capture lacks", () => {
  const lacking = (bytes: Uint8Array, at: number, count: number) => [
    bytes.subarray(0, at),
    count,
    bytes.subarray(at + count),
  ];

  it.each([
    [24, { packetNumber: null, block: null, zero: 0 }],
    [35, { packetNumber: "7", block: null, zero: 0 }],
    [36, { packetNumber: "7", block: null, zero: 1 }],
    [319, { packetNumber: "7", block: null, zero: 1 }],
    [320, { packetNumber: "7", block: "pc.ram", zero: 1 }],
    [1343, { packetNumber: "7", block: "pc.ram", zero: 1 }],
  ])("behind %i bytes of a header leave its counts", (at, expected) => {
    const bytes = concat(init(), packet({ normal: [0], zero: [4096] }), plain);
    const events = multifdEvents(lacking(bytes, 64 + at, 1344 - at));
    expect(rulesOf(events)).toEqual([]);
    expect(packets(events)).toMatchObject([
      { normal: 1, payload: 4096, partial: true, ...expected },
      { normal: 1 },
    ]);
  });

  it("in the first 24 bytes of a header lose the packet", () => {
    const bytes = concat(init(), plain, plain, plain);
    for (const at of [0, 5, 12, 23]) {
      const events = multifdEvents(lacking(bytes, 64 + plain.length + at, 40));
      expect(rulesOf(events)).toEqual(["MULTIFD_RESUMED"]);
      expect(packets(events).map(({ offset }) => offset)).toEqual([64, 64 + 2 * plain.length]);
    }
  });

  it("within pages lose nothing else", () => {
    const bytes = concat(init(), plain, plain);
    const events = multifdEvents(lacking(bytes, 2000, 3000));
    expect(rulesOf(events)).toEqual([]);
    expect(packets(events).length).toBe(2);
  });

  it("of the init packet leave what is there", () => {
    const bytes = concat(init({ id: 5 }), plain);
    expect(multifdEvents(lacking(bytes, 30, 34))[0]).toMatchObject({
      kind: "multifd-init",
      id: 5,
      length: 64,
    });
    const late = multifdEvents(lacking(bytes, 20, 44));
    expect(rulesOf(late)).toEqual(["MULTIFD_RESUMED", "MULTIFD_INIT_PRESENT"]);
    expect(packets(late).length).toBe(1);
  });

  it("up to the end are told as its truncation", () => {
    const events = multifdEvents([init(), plain, 100]);
    expect(rulesOf(events)).toEqual(["STREAM_COMPLETE"]);
    expect(endOf(events)).toMatchObject({ reason: "truncated", packets: 1 });
  });

  it("of a packet of 3.0 leave its counts", () => {
    const events = multifdEvents(lacking(concat(xInit(), xPacket(16, [0]), xPacket(16, [])), 25 + 20, 200));
    expect(packets(events)).toMatchObject([{ normal: 1, partial: true, packetNumber: null }, { normal: 0 }]);
  });
});

describe("compressed payloads", () => {
  const told = (...bytes: (Uint8Array | number)[]) =>
    multifdEvents([init(), ...bytes], { inflaters: inflaters() });
  const args = (events: readonly MultifdEvent[]) =>
    events.flatMap((event) => (event.kind === "finding" ? [event.finding.args] : []));

  it("that hold their pages are fine", () => {
    expect(rulesOf(told(zlibPacket))).toEqual([]);
  });

  it.each([
    ["one page less", zlib([0]), "it holds 4096"],
    ["one page more", zlib([0, 4096, 8192]), "it holds more"],
    ["no zlib stream", new Uint8Array(50).fill(0xff), "the zlib stream is damaged"],
    ["nothing", new Uint8Array(0), "it holds 0"],
  ])("with %s are not", (_, payload, problem) => {
    const events = told(packet({ flags: 2, normal: [0, 4096], payload }));
    expect(args(events)).toEqual([{ compression: "zlib", expected: 8192, problem }]);
  });

  it("behind damage are counted, and that is said once", () => {
    const bad = packet({ flags: 2, normal: [0], payload: new Uint8Array(50).fill(0xff) });
    const events = told(bad, zlibPacket, zlibPacket);
    expect(rulesOf(events)).toEqual(["MULTIFD_PAYLOAD_EXACT", "MULTIFD_PAYLOADS_VERIFIED"]);
    expect(packets(events).length).toBe(3);
  });

  it("behind a gap are counted", () => {
    const at = zlibPacket.length - 5;
    const events = told(zlibPacket.subarray(0, at), 3, zlibPacket.subarray(at + 3), zlibPacket);
    expect(rulesOf(events)).toEqual(["MULTIFD_PAYLOADS_VERIFIED"]);
    expect(args(events)).toEqual([{ compression: "zlib", why: "bytes are missing from the capture" }]);
  });

  it("behind a gap in a header alone are still inflated", () => {
    const events = told(zlibPacket.subarray(0, 200), 30, zlibPacket.subarray(230));
    expect(rulesOf(events)).toEqual([]);
    expect(packets(events)[0]).toMatchObject({ partial: true });
  });

  it.each([8, 16, 32])("of method %i are stepped over", (flags) => {
    const odd = packet({ flags, normal: [0], payload: new Uint8Array(77) });
    const events = told(odd, odd);
    expect(rulesOf(events)).toEqual(["MULTIFD_PAYLOADS_VERIFIED"]);
    expect(packets(events).length).toBe(2);
  });

  it("are nobody's business when nobody asked", () => {
    expect(
      rulesOf(multifdEvents([init(), packet({ flags: 8, normal: [0], payload: new Uint8Array(7) })])),
    ).toEqual([]);
  });
});
