import { describe, expect, it } from "vitest";
import { pcapFile } from "../../test/capture-files.ts";
import { hear, numbered, talk } from "../../test/connections.ts";
import { cooked, cooked2, ethernet, ip, loopback } from "../../test/packets.ts";

const { open, up, down, close } = talk();
const DATA = numbered(300);
const segments = [
  ...open(),
  up(0, DATA.subarray(0, 200)),
  down(0, numbered(8)),
  up(200, DATA.subarray(200)),
  ...close(300, 8),
];
const packets = segments.map(ip);
const frames = packets.map((packet) => ({ data: ethernet(packet) }));

describe("link layers", () => {
  const links: readonly (readonly [
    name: string,
    linkType: number,
    wrap: (packet: Uint8Array) => Uint8Array,
  ])[] = [
    ["Ethernet", 1, (packet) => ethernet(packet)],
    ["a VLAN", 1, (packet) => ethernet(packet, [0x8100])],
    ["nested VLANs", 1, (packet) => ethernet(packet, [0x88a8, 0x8100, 0x8100])],
    ["Linux cooked", 113, cooked],
    ["Linux cooked, version 2", 276, cooked2],
    ["raw IP", 101, (packet) => packet],
    ["raw IP of BSD", 12, (packet) => packet],
    ["raw IP of OpenBSD", 14, (packet) => packet],
    ["null, little endian", 0, (packet) => loopback(packet, "le")],
    ["null, big endian", 0, (packet) => loopback(packet, "be", 24)],
    ["null of FreeBSD", 0, (packet) => loopback(packet, "le", 28)],
    ["null of Linux", 0, (packet) => loopback(packet, "le", 10)],
    ["loop", 108, (packet) => loopback(packet, "be")],
  ];
  const v6 = Array.from({ length: 16 }, (_, i) => (i === 0 ? 0x20 : i === 15 ? 1 : 0));
  const { open, up } = talk(40000, 1, 1, v6, v6);
  const packets6 = [...open(), up(0, DATA)].map(ip);

  it.each(links)("%s", (_, linkType, wrap) => {
    for (const some of [packets, packets6]) {
      const data = pcapFile(
        some.map((packet) => ({ data: wrap(packet) })),
        { linkType },
      );
      const { heard, rules, summary } = hear(data);
      expect(heard[0]?.up).toEqual(DATA);
      expect(rules).toEqual([]);
      expect(summary.tcpPackets).toBe(some.length);
    }
  });

  it.each([
    [228, packets],
    [229, packets6],
  ])("LINKTYPE %i", (linkType, some) => {
    const data = pcapFile(
      some.map((packet) => ({ data: packet })),
      { linkType },
    );
    expect(hear(data).heard[0]?.up).toEqual(DATA);
  });

  it("tells of one it does not know once", () => {
    const { rules, findings, summary } = hear(pcapFile(frames, { linkType: 147 }));
    expect(rules).toEqual(["CAPTURE_LINK_TYPE_READ"]);
    expect(findings[0]?.args).toEqual({ linkType: 147 });
    expect(summary).toMatchObject({ packets: 9, otherPackets: 9 });
  });

  it("counts packets that are not TCP", () => {
    const arp = ethernet(numbered(28), [], 0x0806);
    const { summary, findings } = hear(pcapFile([...frames, { data: arp }, { data: numbered(9) }]));
    expect(summary).toMatchObject({ packets: 11, tcpPackets: 9, otherPackets: 1, unparsablePackets: 1 });
    expect(findings).toMatchObject([{ rule: "CAPTURE_PACKETS_READ", subject: "packet 11" }]);
  });
});
