import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { qemuPeer } from "../peer.ts";
import { createSource } from "./source.ts";
import type { SourcePhase } from "./state.ts";

const RELEASES = [
  "2.5",
  "2.7",
  "2.12",
  "3.0",
  "4.1",
  "5.2",
  "7.2.22",
  "8.1",
  "8.2",
  "10.0.13",
  "10.2",
  "11.1.3",
];
const OPTIONS = { machine: "pc-i440fx-5.2", memoryMiB: 32 };
const RAM_ONLY = { blocks: [{ idstr: "pc.ram", length: 32 << 20 }] };

const word = (value: number) => value.toString(16).padStart(8, "0");
const message = (type: number, payload: string) =>
  `${type.toString(16).padStart(4, "0")}${(payload.length / 2).toString(16).padStart(4, "0")}${payload}`;
const SHUT = message(1, word(0));
const PONG = message(2, word(1));
const LOADED = message(2, word(0x42));
const NAME = "0670632e72616d";
const request = (start: number, length: number) =>
  message(3, `${word(0)}${word(start)}${word(length)}${NAME}`);
const again = (start: number, length: number) => message(4, `${word(0)}${word(start)}${word(length)}`);
const BITMAP_BYTES = (32 << 20) / 4096 / 8;
const bitmap = (size: number, mark = "0123456789abcdef") =>
  `${message(5, NAME)}${word(0)}${word(size)}${"00".repeat(BITMAP_BYTES)}${mark}`;

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex, "hex"));

function run(release: string, phase: SourcePhase, hex: string, options = {}) {
  const source = createSource(qemuPeer(`qemu-${release}`, { ...OPTIONS, ...options }), { phase });
  source.push(0, bytesOf(hex));
  return source;
}

describe("a source's return path", () => {
  it.each(RELEASES)("completes with what a destination of %s says", (release) => {
    expect(run(release, "precopy", PONG + SHUT).seen()).toMatchObject({
      status: "completed",
      stderr: "",
      exit: null,
    });
    const source = run(release, "precopy", PONG);
    source.become("postcopy");
    source.push(0, bytesOf(request(0x200000, 4096) + again(0x201000, 8192) + LOADED + SHUT));
    source.close(0);
    expect(source.seen()).toMatchObject({ status: "completed", errorDesc: null, stderr: "", alive: true });
    expect(source.stopped()).toBeNull();
    expect(source.replies()).toHaveLength(0);
  });

  it.each(RELEASES)("is read the same at every split by %s", (release) => {
    for (const hex of [
      PONG + request(1, 1),
      request(0, 4096) + message(9, ""),
      "0002ffff",
      `${PONG + SHUT}00`,
      "000200040000",
    ]) {
      const whole = run(release, "precopy", hex);
      whole.close(0);
      const bytes = bytesOf(hex);
      for (let at = 0; at <= bytes.length; at++) {
        const source = run(release, "precopy", "");
        source.push(0, bytes.slice(0, at));
        source.push(0, bytes.slice(at));
        source.close(0);
        expect(source.seen()).toEqual(whole.seen());
        expect(source.stopped()).toEqual(whole.stopped());
      }
    }
  });

  it("takes any bytes without throwing", () => {
    const phases = ["precopy", "postcopy", "recovery"] as const;
    const typed = fc
      .tuple(fc.nat(9), fc.nat(20), fc.uint8Array({ maxLength: 40 }))
      .map(([type, length, rest]) => Uint8Array.of(0, type, 0, length, ...rest));
    fc.assert(
      fc.property(
        fc.constantFrom(...RELEASES),
        fc.constantFrom(...phases),
        fc.array(typed, { maxLength: 4 }),
        (release, phase, parts) => {
          const source = run(release, phase, "");
          for (const part of parts) source.push(0, part);
          source.close(0);
          expect(source.alternatives()).not.toContainEqual(source.seen());
        },
      ),
    );
  });

  it("stops at the field that is at fault", () => {
    const stop = (hex: string, phase: SourcePhase = "postcopy") =>
      run("10.0.13", phase, PONG + hex).stopped();
    expect(stop(message(8, ""))).toEqual({ connection: 0, offset: 8, path: "ReturnPathHeader.type" });
    expect(stop("00020002")).toEqual({ connection: 0, offset: 10, path: "ReturnPathHeader.length" });
    expect(stop(request(0x1ff_f000, 0x10000))).toMatchObject({ offset: 12, path: "ReqPagesIdPayload.start" });
    expect(stop(request(0, 1))).toMatchObject({ offset: 20, path: "ReqPagesIdPayload.length" });
    expect(stop(message(5, NAME))).toMatchObject({ offset: 8, path: "ReturnPathHeader.type" });
    expect(stop(message(6, word(0)))).toMatchObject({ offset: 12, path: "ResumeAckPayload.value" });
    expect(stop(bitmap(BITMAP_BYTES + 8), "recovery")).toMatchObject({
      offset: 19,
      path: "ReceivedBitmapHeader.size",
    });
    expect(stop(SHUT + message(8, ""))).toBeNull();
  });

  it("compares a request of no bytes with the block as the release does", () => {
    expect(run("5.2", "postcopy", request(0, 0)).stopped()).toBeNull();
    expect(run("7.2.22", "postcopy", request(0, 0)).stopped()).not.toBeNull();
    expect(run("7.2.22", "postcopy", request(4096, 0)).stopped()).toBeNull();
  });

  it("may crash by a request that comes before RAM is set up", () => {
    const crashes = (release: string, phase: SourcePhase) =>
      run(release, phase, request(0, 4096))
        .alternatives()
        .some(({ exit }) => exit === -11);
    expect(crashes("2.9", "precopy")).toBe(false);
    expect(crashes("2.10", "precopy")).toBe(true);
    expect(crashes("11.1.3", "precopy")).toBe(true);
    expect(crashes("11.1.3", "postcopy")).toBe(false);
  });

  it("counts acknowledgements of the switchover from 11.1 on", () => {
    const ack = message(7, "");
    const on = { capabilities: { "return-path": true, "switchover-ack": true } };
    expect(run("8.0", "precopy", ack).stopped()).not.toBeNull();
    expect(run("10.0.13", "precopy", ack + ack).stopped()).toBeNull();
    expect(run("11.1.3", "precopy", ack).stopped()).toBeNull();
    expect(run("11.1.3", "precopy", ack + ack).seen().errorDesc).toBe(
      "Switchover ack pending num underflowed",
    );
    expect(run("11.1.3", "precopy", ack, { machine: "pc-i440fx-11.1" }).stopped()).not.toBeNull();
    expect(run("10.0.13", "precopy", PONG, on).seen().status).toBe("active");
    expect(run("10.0.13", "precopy", PONG + ack, on).seen().status).toBe("device");
  });

  it("waits for ever in postcopy-device of 10.2 alone", () => {
    expect(run("10.2", "postcopy", message(0, "")).seen().status).toBe("postcopy-device");
    expect(run("10.2", "postcopy", LOADED + message(0, "")).seen().status).toBe("failed");
    expect(run("11.1.3", "postcopy", message(0, "")).seen().status).toBe("failed");
  });
});

const good = bitmap(BITMAP_BYTES);

describe("a recovery", () => {
  it.each(["3.0", "5.2", "7.2.22", "10.0.13", "11.1.3"])(
    "goes on with bitmap and acknowledgement in %s",
    (release) => {
      const source = run(release, "postcopy", PONG, RAM_ONLY);
      source.close(0);
      source.become("recovery");
      expect(source.seen().status).toBe("postcopy-recover");
      source.push(0, bytesOf(good));
      expect(source.seen().status).toBe("postcopy-recover");
      source.push(0, bytesOf(message(6, word(1)) + LOADED + SHUT));
      expect(source.seen().status).toBe("completed");
      expect(source.seen().stderr.split("\n").at(-1)).toBe(
        "Detected IO failure for postcopy. Migration paused.",
      );
      expect(source.stopped()).toBeNull();
    },
  );

  it.each([
    [bitmap(8), "ramblock 'pc.ram' bitmap size mismatch (0x8 != 0x400)"],
    [bitmap(BITMAP_BYTES, "00".repeat(8)), "ramblock 'pc.ram' end mark incorrect: 0x0"],
    [good.slice(0, 400), "read bitmap failed for ramblock 'pc.ram': (size 0x400, got: 0xb5)"],
    [message(6, word(2)), "illegal resume_ack value 2"],
    [message(0, ""), "Received invalid message 0x0000 length 0x0000"],
    [good + message(6, word(2)), "illegal resume_ack value 2"],
    ["", "Channel error: Input/output error"],
  ])("that fails is noticed from 8.2 on: %#", (hex, text) => {
    const old = run("7.2.22", "recovery", hex);
    const young = run("10.0.13", "recovery", hex);
    for (const source of [old, young]) source.close(0);
    expect(old.seen()).toMatchObject({ status: "postcopy-recover", errorDesc: null });
    expect(young.seen()).toMatchObject({ status: "postcopy-paused", errorDesc: text });
    expect(young.seen().stderr.split("\n")).toEqual([
      "postcopy_do_resume: resume_prepare() failure detected: -1",
      "Unable to shutdown socket: Bad file descriptor",
      "Detected IO failure for postcopy. Migration paused.",
    ]);
  });

  it("can be tried again", () => {
    const source = run("10.0.13", "postcopy", PONG, RAM_ONLY);
    source.close(0);
    source.become("recovery");
    source.push(0, bytesOf(message(6, word(2))));
    source.close(0);
    source.become("recovery");
    source.push(0, bytesOf(good + message(6, word(1)) + LOADED + SHUT));
    expect(source.seen().status).toBe("completed");
    expect(source.seen().stderr.match(/Migration paused/g)).toHaveLength(2);
    expect(source.stopped()?.path).toBe("ResumeAckPayload.value");
  });

  it("never ends when it is acknowledged before all bitmaps came", () => {
    const source = run("10.0.13", "recovery", good + message(6, word(1)));
    source.close(0);
    expect(source.seen()).toMatchObject({
      status: "postcopy-active",
      errorDesc: "Channel error: Input/output error",
    });
    expect(source.seen().stderr).toBe("");
  });

  it("is refused a bitmap after it is done", () => {
    const { errorDesc } = run(
      "11.1.3",
      "recovery",
      good + message(6, word(1)) + message(5, NAME),
      RAM_ONLY,
    ).seen();
    expect(errorDesc).toBe("Reload bitmap in incorrect state postcopy-active");
  });
});
