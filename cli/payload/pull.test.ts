import { describe, expect, it } from "vitest";
import type { Take } from "./meter.ts";
import { pull } from "./pull.ts";

const bytes = (...values: number[]) => Uint8Array.from(values);

/** Lends one buffer again and again. */
async function lend(take: Take, log: string[] = []): Promise<string> {
  const buffer = new Uint8Array(1);
  for (let i = 1; i <= 3; i++) {
    buffer[0] = i;
    log.push(`give ${i}`);
    await take(buffer);
  }
  return "done";
}

describe("pull", () => {
  it("gives what is pushed, one piece at a time", async () => {
    const log: string[] = [];
    const pulled = pull((take) => lend(take, log));
    expect(log).toEqual([]);
    expect(await pulled.next()).toEqual(bytes(1));
    expect(log).toEqual(["give 1"]);
    expect(await pulled.next()).toEqual(bytes(2));
    expect(await pulled.next()).toEqual(bytes(3));
    expect(await pulled.next()).toBeUndefined();
    expect(await pulled.next()).toBeUndefined();
    expect(await pulled.drain()).toBe("done");
  });

  it("can be drained at any time", async () => {
    for (let taken = 0; taken < 5; taken++) {
      const pulled = pull((take) => lend(take));
      for (let i = 0; i < taken; i++) await pulled.next();
      expect(await pulled.drain()).toBe("done");
    }
  });

  it("ends the pushing side where it is stopped", async () => {
    const log: string[] = [];
    const pulled = pull((take) => lend(take, log));
    await pulled.next();
    await pulled.stop();
    expect(log).toEqual(["give 1"]);
    const never = pull((take) => lend(take, log));
    await never.stop();
    expect(log).toEqual(["give 1", "give 1"]);
  });

  it("throws what is thrown on the pushing side, behind what came before", async () => {
    const pulled = pull(async (take) => {
      await take(bytes(7));
      throw new RangeError("broken");
    });
    expect(await pulled.next()).toEqual(bytes(7));
    await expect(pulled.next()).rejects.toThrow("broken");
    await expect(pulled.drain()).rejects.toThrow("broken");
    await expect(pulled.stop()).rejects.toThrow("broken");
  });
});
