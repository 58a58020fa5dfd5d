import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { modelled, recorded, recordedPeers } from "../../../test/recorded-peers.ts";
import { createDestination } from "../destination/destination.ts";
import { qemuPeer } from "../peer.ts";

const RECORDS = recordedPeers("commands.ndjson");
const HEADER = "5145564d00000003070000000d70632d6934343066782d352e32";

describe("a command", () => {
  it.for(RECORDS.map((record) => [record.id, record] as const))("%s", ([, record]) => {
    expect(modelled(record)).toEqual(recorded(record));
  });

  it("is read alike at every split", () => {
    const some = /^(disc-(two|over|secondbad)|pack-(nested|ping|recv-inside)|adv-tps|recv-ok)@7/;
    for (const record of RECORDS.filter(({ id }) => some.test(id))) {
      const whole = modelled(record);
      const length = (record.connections[0]?.hex?.length ?? 0) / 2;
      for (let cut = 1; cut < length; cut++) expect(modelled(record, [cut])).toEqual(whole);
    }
  });

  it("never throws at whatever follows", () => {
    const releases = fc.constantFrom("2.5.0", "2.11.0", "3.0.0", "4.1.0", "7.2.22", "9.0.0", "11.1.3");
    const command = fc.tuple(fc.integer({ min: 0, max: 13 }), fc.uint8Array({ maxLength: 40 }));
    fc.assert(
      fc.property(releases, fc.array(command, { maxLength: 8 }), fc.boolean(), (release, commands, ram) => {
        const process = createDestination(
          qemuPeer(`qemu-${release}`, { machine: "pc-i440fx-5.2", capabilities: { "postcopy-ram": ram } }),
        );
        const connection = process.connect();
        process.push(connection, Uint8Array.from(Buffer.from(HEADER, "hex")));
        for (const [number, payload] of commands)
          process.push(connection, Uint8Array.of(8, 0, number, 0, payload.length, ...payload));
        process.close(connection);
        process.seen();
      }),
    );
  });
});

describe("numbers that moved", () => {
  const answer = (release: string, hex: string) => {
    const process = createDestination(qemuPeer(`qemu-${release}`, { machine: "pc-i440fx-5.2" }));
    const connection = process.connect();
    process.push(connection, Uint8Array.from(Buffer.from(HEADER + hex, "hex")));
    return process.seen().stderr.split("\n")[0];
  };

  it("are 8 and 9 for recovery in 3.0, 9 and 10 since", () => {
    expect(answer("3.0.0", "0800080000")).toBe("loadvm_postcopy_handle_resume: illegal resume received");
    expect(answer("3.1.0", "0800080000")).toBe("");
    expect(answer("3.1.0", "0800090000")).toBe("loadvm_postcopy_handle_resume: illegal resume received");
    expect(answer("2.12.0", "0800080000")).toBe("MIG_CMD 0x8 unknown (len 0x0)");
  });

  it("keep what 2.11 does not read of POSTCOPY_ADVISE in the stream", () => {
    const process = createDestination(qemuPeer("qemu-2.11.0", { machine: "pc-i440fx-2.11" }));
    const connection = process.connect();
    const header = "5145564d00000003070000000e70632d6934343066782d322e3131";
    process.push(connection, Uint8Array.from(Buffer.from(`${header}0800030010${"00".repeat(16)}`, "hex")));
    process.close(connection);
    expect(process.seen()).toMatchObject({ exit: null, status: "completed" });
  });
});
