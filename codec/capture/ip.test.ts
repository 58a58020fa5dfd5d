import { describe, expect, it } from "vitest";
import { pcapFile } from "../../test/capture-files.ts";
import { hear, numbered, talk } from "../../test/connections.ts";
import {
  cooked2,
  ethernet,
  type Ipv4Options,
  ip,
  ipv4,
  ipv6,
  ipv6Fragment,
  tcp,
} from "../../test/packets.ts";
import { concat } from "../layout/index.ts";
import { addressText } from "./ip-address.ts";

const V4 = [127, 0, 0, 1];
const V6 = [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
const DATA = numbered(4000);
const four = talk();
const six = talk(40000, 1, 1, V6, V6);
const segment = tcp(four.up(0, DATA));
const segment6 = tcp(six.up(0, DATA));

/** Bytes the client sent in a capture of the handshake and these packets. */
function sent(packets: readonly Uint8Array[], talkOn = four, cut?: number) {
  const all = [...talkOn.open().map(ip), ...packets].map((packet) => ({
    data: ethernet(packet),
    ...(cut === undefined ? {} : { cut }),
  }));
  const { heard, rules, summary } = hear(pcapFile(all));
  return { up: heard[0]?.up, log: heard[0]?.log ?? [], rules, summary };
}

/** The segment in fragments of `size` bytes. */
function fragments(size: number, how: Ipv4Options = {}): Uint8Array[] {
  const count = Math.ceil(segment.length / size);
  return Array.from({ length: count }, (_, i) => {
    const part = segment.subarray(i * size, (i + 1) * size);
    return ipv4(V4, V4, part, { ...how, fragmentOffset: i * size, more: i < count - 1 });
  });
}

function fragments6(size: number): Uint8Array[] {
  const count = Math.ceil(segment6.length / size);
  return Array.from({ length: count }, (_, i) => {
    const part = segment6.subarray(i * size, (i + 1) * size);
    return ipv6(V6, V6, part, [[44, ipv6Fragment(i * size, i < count - 1)]]);
  });
}

describe("IPv4", () => {
  it.each([
    ["with options", [ipv4(V4, V4, segment, { options: 24 })]],
    ["of total length 0, as a network card was to cut it up", [ipv4(V4, V4, segment, { totalLength: 0 })]],
    ["in fragments", fragments(800)],
    ["in fragments, last first", fragments(800).toReversed()],
    ["in fragments, each twice", fragments(800).flatMap((one) => [one, one])],
    [
      "in fragments, with others between",
      [...fragments(800), ...fragments(8, { identification: 8 })].toSorted(),
    ],
    ["in the smallest fragments", fragments(8)],
  ])("%s", (_, packets) => {
    const { up, rules } = sent(packets);
    expect(up).toEqual(DATA);
    expect(rules).toEqual([]);
  });

  it("does not take padding of short frames for bytes of the stream", () => {
    const { up } = sent([ip(four.up(0, numbered(3))), ip(four.up(3, numbered(3, 3)))]);
    expect(up).toEqual(numbered(6));
  });

  it.each([
    ["a fragment overlaps another", [...fragments(800).slice(0, 2), fragments(808)[1] ?? segment]],
    ["two fragments are the last", [...fragments(800).slice(-1), ...fragments(1600).slice(-1)]],
    [
      "a fragment lies behind the last",
      [...fragments(2000).slice(-1), ipv4(V4, V4, segment, { fragmentOffset: 8000, more: true })],
    ],
    ["a fragment passes the largest datagram", [ipv4(V4, V4, segment, { fragmentOffset: 65_000 })]],
    [
      "a fragment comes again with other bytes",
      [...fragments(800).slice(0, 2), ipv4(V4, V4, numbered(800), { fragmentOffset: 800, more: true })],
    ],
  ])("drops a datagram when %s", (_, packets) => {
    const { up, rules } = sent(packets);
    expect(up).toEqual(new Uint8Array(0));
    expect(rules[0]).toBe("IP_FRAGMENTS_AGREE");
  });

  it("tells when fragments are missing", () => {
    const { up, rules, summary } = sent(fragments(800).slice(1));
    expect(up).toEqual(new Uint8Array(0));
    expect(rules).toEqual(["IP_FRAGMENTS_COMPLETE"]);
    expect(summary.fragments).toBe(5);
  });

  it("has a gap where fragments were cut", () => {
    const { up, log, rules } = sent(fragments(800), four, 14 + 20 + 400);
    expect(up).toEqual(DATA.subarray(0, 380));
    expect(log[2]).toBe(`gap up ${4000 - 380} snaplen`);
    expect(rules).toEqual(["CAPTURE_PACKETS_WHOLE"]);
  });

  it("keeps few datagrams", () => {
    const first = (identification: number) => fragments(800, { identification })[0] ?? segment;
    const rest = (identification: number) => fragments(800, { identification }).slice(1);
    const packets = Array.from({ length: 1000 }, (_, i) => first(i));
    expect(sent([...packets, ...rest(0)]).up?.length).toBe(0);
    expect(sent([...packets, ...rest(999)]).up).toEqual(DATA);
  });

  it("does not join fragments with those of long before", () => {
    const [first, ...rest] = fragments(800);
    const others = Array.from({ length: 20_001 }, () => ipv4(V4, V4, numbered(8), { protocol: 17 }));
    const { up, rules } = sent([first ?? segment, ...others, ...rest]);
    expect(up).toEqual(new Uint8Array(0));
    expect(rules).toEqual(["IP_FRAGMENTS_COMPLETE"]);
  });

  it.each([
    ["a version of its own", ipv4(V4, V4, segment).with(0, 0x55)],
    ["a short header", ipv4(V4, V4, segment).with(0, 0x44)],
    ["a length below its header's", ipv4(V4, V4, segment, { totalLength: 19 })],
    ["a length beyond its end", ipv4(V4, V4, segment, { totalLength: 9000 })],
    ["a TCP header without length", ipv4(V4, V4, segment.with(12, 0))],
    ["a TCP header longer than it", ipv4(V4, V4, tcp(four.up(0, numbered(3))).with(12, 0xf0))],
  ])("does not read a packet with %s", (_, packet) => {
    const { up, rules, summary } = sent([packet]);
    expect(up).toEqual(new Uint8Array(0));
    expect(rules).toEqual(["CAPTURE_PACKETS_READ"]);
    expect(summary.unparsablePackets).toBe(1);
  });
});

describe("IPv6", () => {
  const eight = new Uint8Array(8);
  const sixteen = Uint8Array.of(0, 1, ...new Uint8Array(14));
  const atomic = ipv6Fragment(0, false);

  it.each([
    ["plain", [ipv6(V6, V6, segment6)]],
    ["with hop-by-hop options", [ipv6(V6, V6, segment6, [[0, eight]])]],
    [
      "with every header",
      [
        ipv6(V6, V6, segment6, [
          [0, sixteen],
          [60, eight],
          [43, sixteen],
          [44, atomic],
          [51, Uint8Array.of(0, 4, ...new Uint8Array(22))],
          [60, eight],
        ]),
      ],
    ],
    ["of payload length 0", [ipv6(V6, V6, segment6, [[0, eight]], 0)]],
    ["in fragments", fragments6(1000)],
    ["in fragments, in the wrong order", fragments6(1000).toReversed()],
    ["in fragments that hold an extension header", fragmentsBehind(eight)],
  ])("%s", (_, packets) => {
    const { up, rules } = sent(packets, six);
    expect(up).toEqual(DATA);
    expect(rules).toEqual([]);
  });

  function fragmentsBehind(options: Uint8Array): Uint8Array[] {
    const whole = concat([options.with(0, 6), segment6]);
    const part = (from: number, to: number, more: boolean) =>
      ipv6(V6, V6, whole.subarray(from, to), [[44, ipv6Fragment(from, more)]], undefined, 60);
    return [part(0, 1600, true), part(1600, whole.length, false)];
  }

  it.each([
    ["a version of its own", ipv6(V6, V6, segment6).with(0, 0x45)],
    [
      "extension headers beyond its end",
      ipv6(V6, V6, numbered(4), [[0, Uint8Array.of(0, 255, ...new Uint8Array(6))]]),
    ],
    ["nothing behind extension headers", ipv6(V6, V6, new Uint8Array(0), [[0, eight]], undefined, 60)],
  ])("does not read a packet with %s", (_, packet) => {
    const packets = [{ data: ethernet(packet, [], 0x86dd) }];
    expect(hear(pcapFile(packets)).summary.unparsablePackets).toBe(1);
  });

  it("counts what is not TCP", () => {
    const packets = [17, 58, 59].map((protocol) => ({
      data: cooked2(ipv6(V6, V6, numbered(30), [], undefined, protocol)),
    }));
    expect(hear(pcapFile(packets, { linkType: 276 })).summary).toMatchObject({
      otherPackets: 3,
      tcpPackets: 0,
    });
  });
});

describe("addresses", () => {
  it.each([
    ["0.0.0.0", false, [0, 0, 0, 0]],
    ["192.168.255.1", false, [0, 0, 0, 0xc0a8ff01]],
    ["::", true, [0, 0, 0, 0]],
    ["::1", true, [0, 0, 0, 1]],
    ["1::", true, [0x10000, 0, 0, 0]],
    ["2001:db8::1:0:0:1", true, [0x20010db8, 0, 0x10000, 1]],
    ["2001:db8:0:1:1:1:1:1", true, [0x20010db8, 1, 0x10001, 0x10001]],
    ["1:0:0:2::3", true, [0x10000, 2, 0, 3]],
    ["::ffff:10.0.0.1", true, [0, 0, 0xffff, 0x0a000001]],
  ])("%s", (text, v6, [a = 0, b = 0, c = 0, d = 0]) => {
    expect(addressText(v6, { a, b, c, d })).toBe(text);
    expect(addressText(v6, { a: a | 0, b: b | 0, c: c | 0, d: d | 0 })).toBe(text);
  });
});
