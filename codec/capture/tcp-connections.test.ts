import { describe, expect, it } from "vitest";
import { captureOf, type HeardCapture, hear, numbered, talk } from "../../test/connections.ts";

const { open, up, down, close } = talk();
const NONE = new Uint8Array(0);
const A = numbered(100);
const B = numbered(100, 100);
const C = numbered(100, 200);
const acknowledges = (offset: number) => down(0, NONE, { acknowledgement: 1001 + offset });

describe("several connections", () => {
  const logs = ({ heard }: HeardCapture) => heard.map(({ log }) => log.slice(1));

  it("between the same ports follow one another", () => {
    const again = talk(40000, 77_000, 88_000);
    const finished = [...open(), up(0, A), ...close(100, 0)];
    const found = hear(captureOf([...finished, ...again.open(), again.up(0, B), again.up(100, C)]));
    expect(logs(found)).toEqual([
      ["bytes up 100", "fin up", "fin down", "end fin"],
      ["bytes up 200", "end open"],
    ]);
    expect(logs(hear(captureOf([...open(), up(0, A), ...again.open(), again.up(0, B)])))).toEqual([
      ["bytes up 100", "end replaced"],
      ["bytes up 100", "end open"],
    ]);
  });

  it("begin anew behind a stray packet of the one before", () => {
    const { heard } = hear(captureOf([down(5000, NONE), ...talk(40000, 1, 1).open()]));
    expect(heard.map(({ connection, log }) => [connection.client.port, log.at(-1)])).toEqual([
      [4444, "end replaced"],
      [40000, "end open"],
    ]);
  });

  it("are told apart by each part of their addresses", () => {
    const address = (i: number) => Array.from({ length: 16 }, (_, at) => (at === i ? 9 : 1));
    const talks = Array.from({ length: 16 }, (_, i) => talk(1, 1, 1, address(i), address(3)));
    const packets = talks.flatMap((one, i) => [...one.open(), one.up(0, numbered(10, i))]);
    const { heard } = hear(captureOf(packets));
    expect(heard.map(({ up }) => up)).toEqual(talks.map((_, i) => numbered(10, i)));
    expect(heard[0]?.connection.client.address).toBe("901:101:101:101:101:101:101:101");
  });

  it("are given up when there are too many, those without bytes first", () => {
    const talks = Array.from({ length: 40 }, (_, i) => talk(1000 + i, i, i));
    const packets = [...(talks[0]?.open() ?? []), ...(talks[0] ? [talks[0].up(0, A)] : [])];
    for (const one of talks.slice(1)) packets.push(...one.open());
    if (talks[0]) packets.push(talks[0].up(100, B));
    const { heard, rules } = hear(captureOf(packets), { limits: { connections: 8 } });
    expect(rules).toEqual(["CAPTURE_CONNECTIONS_KEPT"]);
    expect(heard.map(({ log }) => log.at(-1))).toEqual([
      "end open",
      ...Array.from({ length: 32 }, () => "end evicted"),
      ...Array.from({ length: 7 }, () => "end open"),
    ]);
    expect(heard[0]?.up.length).toBe(200);
  });

  it("share what may wait behind holes", () => {
    const talks = Array.from({ length: 10 }, (_, i) => talk(1000 + i, i, i));
    const packets = talks.flatMap((one) => [...one.open(), one.up(100, numbered(1000))]);
    const { heard } = hear(captureOf(packets), { limits: { heldBytes: 5000 } });
    const whys = heard.map(({ log }) => log[1]);
    expect(whys.slice(0, 6)).toEqual(Array.from({ length: 6 }, () => "gap up 100 bounds"));
    expect(whys.slice(6)).toEqual(Array.from({ length: 4 }, () => "gap up 100 not-captured"));
  });

  it("that are idle tell their acknowledged holes all the same", () => {
    const busy = talk(7, 7, 7);
    const packets = [...open(), up(100, B), acknowledges(200), ...busy.open()];
    for (let i = 0; i < 3000; i++) packets.push(busy.up(i, Uint8Array.of(1)));
    let seen = -1;
    const { heard } = hear(captureOf(packets));
    heard.forEach(({ log }, i) => {
      if (log.includes("gap up 100 not-captured")) seen = i;
    });
    expect(seen).toBe(0);
  });
});
