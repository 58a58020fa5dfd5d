import { describe, expect, it } from "vitest";
import type { StreamEvent } from "../../codec/index.ts";
import { createGuard } from "./guard.ts";

const MIB = 2 ** 20;
const GIB = 2 ** 30;
const header: StreamEvent = { kind: "header", offset: 0, version: 3 };
const damage: StreamEvent = {
  kind: "finding",
  finding: { rule: "STREAM_WELL_FORMED", level: "error", subject: "", args: {} },
};

function section(understood: "decoded" | "damaged"): StreamEvent {
  const place = { offset: 0, length: 9, payloadOffset: 5, payloadLength: 0 };
  const name = { id: 1, idstr: "ram", instance: 0, version: 4 };
  return { kind: "section", section: { kind: "part", ...name, ...place, footer: true, understood } };
}

function guarded() {
  const guard = createGuard();
  const reader = { skippable: 0, complete: false, isComplete: () => reader.complete };
  guard.watch(reader);
  const useless = (bytes: number) => guard.limits.useless?.(bytes);
  return { guard, reader, useless };
}

describe("createGuard", () => {
  it("lets as much come as a guest of that size can have", () => {
    expect(createGuard().limits.bytes).toBe(64 * GIB);
    expect(createGuard(() => GIB).limits.bytes).toBe(64 * GIB);
    expect(createGuard(() => 100 * GIB).limits.bytes).toBe(400 * GIB);
    expect(createGuard(() => 2 ** 60).limits.bytes).toBe(2 ** 46);
  });

  it("learns from the stream how large the guest is", () => {
    const { guard } = guarded();
    const blocks = { kind: "ram-blocks", offset: 0, totalBytes: 50 * GIB, blocks: [] };
    guard.event({ ...blocks, reading: { mappedRam: false } } as unknown as StreamEvent);
    expect(guard.limits.bytes).toBe(200 * GIB);
  });

  it("says when the stream has ended", () => {
    const { guard, reader, useless } = guarded();
    guard.event(header);
    expect(useless(GIB)).toBeUndefined();
    reader.complete = true;
    expect(useless(GIB)).toBe("behind-end");
  });

  it("does not wait for ever for a stream to begin, or to go on", () => {
    const { guard, reader, useless } = guarded();
    expect(useless(MIB)).toBeUndefined();
    expect(useless(65 * MIB)).toBe("given-up");
    guard.event(header);
    expect(useless(65 * MIB)).toBeUndefined();
    guard.event(damage);
    guard.event(section("damaged"));
    guard.event(damage);
    expect(useless(180 * MIB)).toBeUndefined();
    expect(useless(200 * MIB)).toBe("given-up");
    guard.event(section("decoded"));
    expect(useless(200 * MIB)).toBeUndefined();
    reader.skippable = Number.MAX_SAFE_INTEGER;
    expect(useless(200 * MIB)).toBe("given-up");
  });

  it("keeps the time it was given", () => {
    expect(createGuard(() => 0, { bytes: 5, seconds: 7 }).limits).toMatchObject({ bytes: 5, seconds: 7 });
  });
});
