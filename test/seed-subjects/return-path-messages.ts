import { expect, it } from "vitest";
import { pairOf } from "../../compat/check/end.ts";
import { sourceRefusesMessage } from "../../compat/check/endings/source-refuses-message.ts";
import { RETURN_PATH_NUMBERS } from "../../compat/facts/qemu/return-path/return-path.ts";
import { atLeast } from "../../compat/releases.ts";
import { replayCase } from "../../compat/replay/case.ts";
import { LINES, saidBy, wireEnding, wirePair } from "../wire-ending.ts";
import { asCrafted, asRecorded } from "./recorded.ts";

const SWITCHOVER_ACK = 7;
const RETURN_PATH = { capabilities: { "return-path": true } };
const ACKING = { capabilities: { "return-path": true, "switchover-ack": true } };

/** What the model of a source says of one message of no length, while it sends RAM. */
function told(version: string, type: number, phase: "precopy" | "postcopy" = "precopy") {
  const connections = [{ bytes: Uint8Array.of(type >> 8, type & 0xff, 0, 0), close: false }];
  return replayCase({
    id: "",
    side: "source",
    peer: `qemu-${version}`,
    machine: "pc-i440fx-5.2",
    capabilities: { "return-path": true, ...(phase === "postcopy" && { "postcopy-ram": true }) },
    phase,
    connections,
  });
}

/** Messages on the return path that a source does not know, a keepalive among them. */
export function returnPathMessages(): void {
  asRecorded(/^(?:return-path|switchover-ack)/);
  asCrafted(/^rp-(?:type|pong-then-type|preempt-type|shut-0-then-type)/);

  it.each(LINES)(
    "in postcopy an unknown type can pause a source of %s before 8.2, and is only noted since",
    (version) => {
      const model = told(version, 9, "postcopy");
      const states = [model, ...model.alternatives].map(({ status }) => status);
      if (atLeast(version, "8.2")) expect(model.status).toMatch(/^(?:failed|postcopy-device)$/);
      else expect(states).toContain("postcopy-paused");
    },
  );

  it.each(LINES)("a source of %s tells of it itself since 8.2, and of its own writing before", (version) => {
    const model = told(version, 9);
    const said = [model, ...model.alternatives].map(({ errorDesc }) => errorDesc);
    const own = "Received invalid message 0x0009 length 0x0000";
    expect(said.includes(own)).toBe(atLeast(version, "8.2"));
  });

  it.each(LINES)(
    "a source of %s fails over any type it does not know, in the words of its reader",
    (version) => {
      for (const type of [8, 9, 42, 0xffff]) {
        const peer = { qemu: version, machine: "pc-i440fx-5.2", ...RETURN_PATH };
        const ending = sourceRefusesMessage(pairOf({ source: peer, destination: peer }), "setup", type, 0);
        const model = told(version, type);
        expect(model.accepts).toBe(false);
        expect(ending.outcome).toBe("fails");
        const words = [model, ...model.alternatives].flatMap(({ errorDesc, stderr }) => [errorDesc, stderr]);
        for (const said of saidBy(ending.source))
          expect(words.some((text) => text?.includes(said))).toBe(true);
      }
    },
  );

  it.each(LINES)(
    "an acknowledgement that only the destination knows of fails a source of %s before 8.1",
    (from) => {
      const knows =
        (pairOf({ source: { qemu: from }, destination: { qemu: from } }).source.value(RETURN_PATH_NUMBERS) ??
          0) > SWITCHOVER_ACK;
      for (const to of LINES.filter((version) => LINES.indexOf(version) >= LINES.indexOf("8.1.0"))) {
        const { outcome, rule } = wireEnding(wirePair([from, to], RETURN_PATH, ACKING));
        expect([outcome, rule]).toEqual(
          knows ? ["completes", null] : ["fails", "SWITCHOVER_ACK_ON_BOTH_SIDES"],
        );
      }
      expect(told(from, SWITCHOVER_ACK).accepts).toBe(knows);
    },
  );

  it("is nothing to a source without a return path", () => {
    expect(wireEnding(wirePair(["7.2.22", "10.0.13"], {}, ACKING)).outcome).toBe("completes");
  });

  it("hangs a source that waits for an acknowledgement nobody sends", () => {
    const ending = wireEnding(wirePair(["10.0.13", "7.2.22"], ACKING, RETURN_PATH));
    expect(ending).toMatchObject({
      outcome: "hangs",
      source: { state: "active" },
      rule: "SWITCHOVER_ACK_ON_BOTH_SIDES",
    });
  });

  it("waits for none where devices ask themselves", () => {
    const newest = (side: object) => ({ machine: "pc-q35-11.1", ...side });
    const pair = wirePair(["11.1.3", "11.1.3"], newest(ACKING), newest(RETURN_PATH));
    expect(wireEnding(pair).outcome).toBe("completes");
  });
}
