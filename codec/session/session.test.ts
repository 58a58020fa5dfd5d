import { describe, expect, it } from "vitest";
import { fixtures, load } from "../../test/captures.ts";
import { captureOf, numbered, talk } from "../../test/connections.ts";
import { ACK, FIN, RST, type Segment } from "../../test/packets.ts";
import { filterPackets, packetsOf, shorten, withPackets } from "../../test/pcap-packets.ts";
import { loadSession, sessionCapture } from "../../test/session-captures.ts";
import { type ToldSession, tell, tellCapture } from "../../test/sessions.ts";
import { MultifdInit } from "../formats/multifd/multifd.ts";
import { FILE_MAGIC, FILE_VERSION, FileHeader } from "../formats/stream/qemu-file.ts";
import { concat, encode } from "../layout/index.ts";

const HOSTILE = { timeout: 120_000 };

function init(id: number, uuid = "0b5e1ab0-0001-4000-8000-0000000000a1"): Uint8Array<ArrayBuffer> {
  return encode(MultifdInit, { magic: 0x11223344, version: 1, uuid, id });
}

const header = encode(FileHeader, { magic: FILE_MAGIC, version: FILE_VERSION });

/** Connections that are opened in this order, then each say what the client sends, then are closed. */
function connections(sent: readonly Uint8Array[], order = sent.map((_, i) => i)): Uint8Array {
  const talks = sent.map((_, i) => talk(40_000 + i));
  const segments: Segment[] = order.flatMap((i) => talks[i]?.open() ?? []);
  sent.forEach((data, i) => {
    const one = talks[i];
    if (one) segments.push(one.up(0, data));
  });
  talks.forEach((one, i) => {
    segments.push(...one.close(sent[i]?.length ?? 0, 0));
  });
  return captureOf(segments);
}

const roles = ({ channels }: ToldSession) =>
  channels.map(({ role, begins }) => (begins ? `${role} ${begins}` : role));

const stream = (() => {
  const small = fixtures.find(({ file }) => file === "precopy-10.0-q35-5.2.bin");
  if (!small) throw new TypeError("no such fixture");
  return load(small).subarray(0, 40_000);
})();

describe("roles", () => {
  it.each([
    ["a main channel", header, "main"],
    ["a multifd channel", init(0), "multifd"],
    ["the identification proposed in 2019", concat([init(2), header]), "main proposal"],
    ["a recovery", Uint8Array.of(8, 0, 10, 0, 7, 6, ...new TextEncoder().encode("pc.ram")), "main recovery"],
    [
      "the recovery of 3.0",
      Uint8Array.of(8, 0, 9, 0, 7, 6, ...new TextEncoder().encode("pc.ram")),
      "main recovery",
    ],
    [
      "bare RAM",
      Uint8Array.of(0, 0, 0, 0, 0, 0, 0x10, 8, 6, ...new TextEncoder().encode("pc.ram"), 1),
      "postcopy-preempt",
    ],
    ["return-path messages", Uint8Array.of(0, 2, 0, 4, 0, 0, 0, 1), "return-path"],
    ["a TLS handshake", Uint8Array.of(0x16, 3, 1, 0, 0xf0, 1, 0, 0, 0xec), "tls"],
  ])("knows %s by its first bytes", (_, bytes, role) => {
    expect(roles(tellCapture(connections([bytes])))).toEqual([role]);
    for (let cut = 1; cut < bytes.length; cut++) {
      const one = talk();
      const segments = [...one.open(), one.up(0, bytes.slice(0, cut)), one.up(cut, bytes.slice(cut))];
      expect(roles(tellCapture(captureOf([...segments, ...one.close(bytes.length, 0)])))).toEqual([role]);
    }
  });

  it.each([
    ["of something else", new TextEncoder().encode("GET / HTTP/1.1\r\n")],
    ["of three bytes", Uint8Array.of(0x51, 0x45, 0x56)],
  ])("lists connections %s, but has no channel of them", (_, bytes) => {
    const { channels, connections: listed, timeline } = tellCapture(connections([bytes]));
    expect([channels, timeline]).toEqual([[], []]);
    expect(listed).toMatchObject([{ how: "fin", bytes: { "client-to-server": bytes.length } }]);
  });

  it("takes what answers a main channel for its return path, whatever it says", () => {
    const one = talk();
    const segments = [...one.open(), one.up(0, stream), one.down(0, Uint8Array.of(0, 77, 0, 4, 0, 0, 0, 0))];
    const told = tellCapture(captureOf([...segments, ...one.close(stream.length, 8)]));
    expect(roles(told)).toEqual(["main", "return-path"]);
    expect(told.remarks).toContain("1 error RETURN_PATH_MESSAGE_KNOWN");
  });

  it("finds a stream whose beginning was not captured", () => {
    const one = talk();
    const told = tellCapture(
      captureOf([
        one.up(500, stream.subarray(500)),
        one.up(stream.length, new Uint8Array(0), { flags: FIN | ACK }),
      ]),
    );
    expect(roles(told)).toEqual(["main middle"]);
    expect(told.channels[0]?.stream?.ram?.pages.zero).toBeGreaterThan(100);
    expect(told.remarks).toContain("0 warning CAPTURE_BEGINS_LATE");
  });

  it("names the proposal, and reads the stream behind it", () => {
    const told = tellCapture(connections([concat([init(2), stream])]));
    expect(told.channels[0]?.stream?.identification).toMatchObject({ id: 2, version: 1 });
    expect(told.channels[0]?.stream?.machine).toBe("pc-q35-5.2");
    expect(told.remarks).toContain("0 warning MAIN_INIT_PROPOSED");
  });
});

describe("multifd channels", () => {
  it("are remarked on when one reaches the destination before the main channel", () => {
    const late = tellCapture(connections([stream, init(0), init(1)], [1, 0, 2]));
    expect(late.remarks.filter((remark) => remark.endsWith("MAIN_CHANNEL_FIRST"))).toEqual([
      "1 warning MAIN_CHANNEL_FIRST",
    ]);
    const first = tellCapture(connections([stream, init(0), init(1)]));
    expect(first.remarks.some((remark) => remark.endsWith("MAIN_CHANNEL_FIRST"))).toBe(false);
  });

  it.each([
    ["two of one id", [init(0), init(0)], "2 error MULTIFD_ID_UNIQUE"],
    ["an id that is too high", [init(0), init(2)], "2 error MULTIFD_ID_IN_RANGE"],
    [
      "a guest of its own",
      [init(0), init(1, "11111111-2222-3333-4444-555555555555")],
      "2 error MULTIFD_UUID_AGREES",
    ],
  ])("are remarked on when there is %s", (_, inits, remark) => {
    expect(tellCapture(connections([stream, ...inits])).remarks).toContain(remark);
  });

  it("are not remarked on when they agree", () => {
    const rules = tellCapture(connections([stream, init(1), init(0)])).remarks.join();
    expect(rules).not.toMatch(/MULTIFD_(ID|UUID)/);
  });
});

describe("connections that do not tell all", () => {
  const none = new Uint8Array(0);

  it("of a source whose destination has no multifd are an error", () => {
    const [main, first, second] = [talk(40_000), talk(40_001), talk(40_002)];
    const reset = (one: typeof main) => one.down(0, none, { flags: RST, acknowledgement: 1065 });
    const told = tellCapture(
      captureOf([
        ...[main, first, second].flatMap((one) => one.open()),
        ...[first.up(0, init(0)), second.up(0, init(1)), reset(first), reset(second)],
        ...main.close(0, 0),
      ]),
    );
    expect(roles(told)).toEqual(["multifd", "multifd"]);
    expect(told.remarks).toContain("0 error MAIN_CHANNEL_SEEN");
  });

  it("are remarked on when they are accepted before the main channel and stay empty", () => {
    const [empty, main] = [talk(40_000), talk(40_001)];
    const segments = [...empty.open(), ...main.open(), main.up(0, stream), ...main.close(stream.length, 0)];
    expect(tellCapture(captureOf([...segments, ...empty.close(0, 0)])).remarks).toContain(
      "0 warning MAIN_CHANNEL_FIRST",
    );
    const later = [...main.open(), ...empty.open(), main.up(0, stream), ...main.close(stream.length, 0)];
    expect(tellCapture(captureOf(later)).remarks.join()).not.toContain("MAIN_CHANNEL_FIRST");
  });

  it("end where the capture does, which is nobody's failure", () => {
    const main = talk();
    const told = tellCapture(captureOf([...main.open(), main.up(0, stream)]));
    expect(told.remarks).toEqual(["0 warning CHANNEL_COMPLETE"]);
    expect(told.connections[0]?.how).toBe("open");
  });

  it("may lack one direction", () => {
    const whole = loadSession(sessionCapture("tcp-postcopy-7.2-to-7.2.pcap"));
    const both = tellCapture(whole);
    const sent = (wanted: boolean) =>
      tellCapture(filterPackets(whole, (port) => (port === 27_409) !== wanted));
    expect(both.remarks).toEqual([]);
    expect(sent(true).remarks).toEqual(["0 warning CAPTURE_ONE_SIDED"]);
    expect(sent(false).remarks).toEqual(["- warning CAPTURE_ONE_SIDED"]);
    expect(roles(sent(false))).toEqual(["return-path"]);
  });

  it("that were there before the capture are one migration, whoever was heard first", () => {
    const whole = loadSession(sessionCapture("tcp-postcopy-preempt-10.0-to-10.0.pcap"));
    const packets = packetsOf(whole);
    const late = packets.slice(packets.length / 2);
    const told = tellCapture(withPackets(whole, late));
    expect(told.migrations).toHaveLength(1);
    expect(told.migrations[0]?.endpoint).toBe("127.0.0.1:27411");
    expect(roles(told).toSorted()).toEqual(["main middle", "postcopy-preempt middle", "return-path"]);
    expect(told.remarks.filter((remark) => remark.includes(" error "))).toEqual([]);
    for (const { server } of told.connections) expect(server.port).toBe(27_411);
  });

  it("are not blamed for what a snap length cut off", () => {
    const whole = loadSession(sessionCapture("tcp-precopy-return-path.pcap"));
    const told = tellCapture(shorten(whole, 128));
    expect(told.remarks.filter((remark) => remark.includes(" error "))).toEqual([]);
    expect(told.remarks).toContain("0 warning CAPTURE_GAP");
  });
});

describe("migrations", () => {
  it("are told apart by where they go, and one after the other", () => {
    const data = connections([stream, stream]);
    const told = tellCapture(data);
    expect(told.migrations.map(({ index, endpoint }) => [index, endpoint])).toEqual([
      [0, "127.0.0.1:4444"],
      [1, "127.0.0.1:4444"],
    ]);
    expect(told.channels.map(({ migration }) => migration)).toEqual([0, 1]);
  });

  it("fail when the destination resets the connection", () => {
    const one = talk();
    const reset = one.down(0, new Uint8Array(0), { flags: RST, acknowledgement: 1001 + stream.length });
    const told = tellCapture(captureOf([...one.open(), one.up(0, stream), reset]));
    expect(told.migrations[0]).toMatchObject({ source: "failed" });
    expect(told.remarks).toContain("0 error MIGRATION_COMPLETES");
    expect(told.connections[0]?.how).toBe("rst");
  });
});

describe("files given together", () => {
  it("are one migration, however they are cut", () => {
    const whole = tellCapture(loadSession(sessionCapture("tcp-multifd-zeropage-11.1.pcap")));
    const parts = new Map<number, Uint8Array[]>();
    for (const { connection, index } of whole.channels.map((channel, i) => ({ ...channel, index: i })))
      if (connection !== null) parts.set(index, []);
    expect(whole.channels).toHaveLength(4);
    const told = tell((session) => {
      const main = session.file("main");
      for (let at = 0; at < stream.length; at += 777) main.push(stream.slice(at, at + 777));
      main.finish();
      const channel = session.file("multifd");
      channel.push(init(0));
      channel.finish();
    });
    expect(told.channels.map(({ role, name, migration }) => [role, name, migration])).toEqual([
      ["main", "main", 0],
      ["multifd", "multifd", 0],
    ]);
  });

  it("are an error when nothing is recognised in them", () => {
    const told = tell((session) => {
      const file = session.file("notes.txt");
      file.push(new TextEncoder().encode("buy milk, then go home"));
      file.finish();
    });
    expect(told.remarks).toEqual(["0 error CHANNEL_RECOGNISED"]);
  });
});

describe("hostile captures", () => {
  const flood = (count: number, payload: Uint8Array, open: boolean) => {
    const segments: Segment[] = [];
    for (let i = 0; i < count; i++) {
      const one = talk(1024 + (i % 60_000), 1000, 5000, [10, 0, Math.floor(i / 60_000), 1]);
      if (open) segments.push(...one.open());
      segments.push(one.up(0, payload));
    }
    return captureOf(segments);
  };

  it.each([
    ["one byte each", Uint8Array.of(0), true],
    ["a file header each", header, true],
    ["half an init packet each", init(0).subarray(0, 30), true],
    ["no beginning", numbered(400, 5), false],
  ])("of thousands of connections with %s end in bounded lists", HOSTILE, (_, payload, open) => {
    const told = tellCapture(flood(6000, payload, open));
    expect(told.migrations.length).toBeLessThanOrEqual(16);
    expect(told.channels.length).toBeLessThanOrEqual(512);
    expect(told.connections.length).toBeLessThanOrEqual(1512);
    expect(told.connections.length + told.connectionsOmitted).toBe(6000);
    expect(told.remarks.length).toBeLessThan(5000);
    expect(told.timeline.length).toBeLessThanOrEqual(2000);
  });
});
