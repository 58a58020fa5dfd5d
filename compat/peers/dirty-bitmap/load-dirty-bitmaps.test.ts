import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { modelled, recorded, recordedPeers } from "../../../test/recorded-peers.ts";
import { createDestination } from "../destination/destination.ts";
import { qemuPeer } from "../peer.ts";

const RECORDS = recordedPeers("dirty-bitmaps.ndjson");
const HEADER = "5145564d00000003070000000d70632d6934343066782d352e32";
const SECTION = "0100000009" + "0c64697274792d6269746d6170" + "0000000000000001";

describe("a dirty-bitmap section", () => {
  it.for(RECORDS.map((record) => [record.id, record] as const))("%s", ([, record]) => {
    expect(modelled(record)).toEqual(recorded(record));
  });

  it("is read alike at every split", () => {
    for (const record of RECORDS.filter(({ id }) => /^bm-(good|twice|map-ok|cancel-then-new)@/.test(id))) {
      const whole = modelled(record);
      const length = (record.connections[0]?.hex?.length ?? 0) / 2;
      for (let cut = 1; cut < length; cut++) expect(modelled(record, [cut])).toEqual(whole);
    }
  });

  it("never throws at whatever it holds", () => {
    const releases = fc.constantFrom("2.12.0", "3.0.0", "5.1.0", "7.2.22", "11.1.3");
    const content = fc.uint8Array({ maxLength: 80 });
    fc.assert(
      fc.property(releases, content, (release, bytes) => {
        const nodes = [{ node: "n", bitmaps: ["b"], length: 2 ** 20 }];
        const process = createDestination(qemuPeer(`qemu-${release}`, { machine: "pc-i440fx-5.2", nodes }));
        const connection = process.connect();
        process.push(connection, Uint8Array.from(Buffer.from(HEADER + SECTION, "hex")));
        process.push(connection, bytes);
        process.close(connection);
        process.seen();
      }),
    );
  });
});

describe("releases before the recorded ones", () => {
  const record = (id: string, peer: string) => {
    const found = RECORDS.find((one) => one.id === `${id}@5.2.0`);
    if (!found) throw new TypeError(id);
    return { ...found, peer };
  };

  it("refuse an unknown node before 5.1", () => {
    expect(modelled(record("bm-unknown-node", "qemu-5.0.0"))).toMatchObject({ exit: 1 });
    expect(modelled(record("bm-unknown-node", "qemu-5.1.0")).statusWhileOpen).toBe("active");
  });

  it("read on without a node in 2.12, and crash", () => {
    expect(modelled(record("bm-unknown-node", "qemu-2.12.0")).exit).toBe(-11);
  });
});
