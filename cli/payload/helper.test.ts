import { chmodSync, closeSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { temporaryDirectory } from "../../test/temporary.ts";
import type { PayloadDelivery } from "./delivery.ts";
import { inflate } from "./feed-payload.ts";
import { LIMITS, MOST_USELESS, type PayloadLimits, type Take } from "./meter.ts";

const path = process.env.PATH;
let directory = "";
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => {
  process.env.PATH = path;
});

/** Puts a program of our own where the real one would be found. */
function pretend(program: string, script: string): void {
  const file = join(directory, program);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  process.env.PATH = `${directory}:${path}`;
}

const MIB = 1 << 20;

/** Runs zstd, or what goes by its name, over a file or over the same bytes in pieces. */
async function run(
  how: "file" | "pieces",
  take: Take = () => {},
  limits: Partial<PayloadLimits> = {},
  input: Uint8Array = new Uint8Array(2 * MIB),
): Promise<PayloadDelivery> {
  const file = join(directory, "input");
  writeFileSync(file, input);
  const fd = openSync(file, "r");
  try {
    const source =
      how === "file"
        ? { fd, offset: 3, size: input.length }
        : { chunks: [input.slice(3, MIB), input.slice(MIB)] };
    return await inflate(source, "zstd", take, { ...LIMITS, ...limits }, () => {});
  } finally {
    closeSync(fd);
  }
}

describe.each(["file", "pieces"] as const)("a helper program that reads a %s", (how) => {
  it("is run with libvirt's arguments, on the payload alone", async () => {
    pretend("zstd", 'echo "$# $1 $LC_ALL [$ZSTD_CLEVEL]"; cat');
    process.env.ZSTD_CLEVEL = "3";
    const input = new TextEncoder().encode("???payload");
    let out = "";
    const take = (chunk: Uint8Array) => {
      out += new TextDecoder().decode(chunk);
    };
    const delivery = await run(how, take, {}, input);
    delete process.env.ZSTD_CLEVEL;
    expect(out).toBe("1 -dc C []\npayload");
    expect(delivery).toEqual({ bytes: out.length });
  });

  it("is missed by name", async () => {
    process.env.PATH = directory;
    const { bytes, problem } = await run(how);
    expect(bytes).toBe(0);
    expect(problem).toMatchObject({ kind: "missing", program: "zstd", status: null });
    expect(problem?.text).toContain("ENOENT");
  });

  it("may not be one that can be run", async () => {
    pretend("zstd", "");
    chmodSync(join(directory, "zstd"), 0o644);
    process.env.PATH = directory;
    expect((await run(how)).problem).toMatchObject({ kind: "missing" });
  });

  it("fails with what it says and its status, after what it gave", async () => {
    pretend("zstd", "echo some; echo; echo 'zstd: it is\tbad' >&2; exit 2");
    const { bytes, problem } = await run(how);
    expect(bytes).toBe("some\n\n".length);
    expect(problem).toEqual({ kind: "failed", program: "zstd", status: 2, text: "zstd: it is bad" });
  });

  it("is not believed to say much", async () => {
    pretend("zstd", "yes garbage | head -c 1000000 >&2; exit 1");
    const { problem } = await run(how);
    expect(problem?.text.length).toBeLessThan(300);
  });

  it("may die of a signal", async () => {
    pretend("zstd", "kill -SEGV $$");
    expect((await run(how)).problem).toMatchObject({
      kind: "failed",
      status: null,
      text: "ended by SIGSEGV",
    });
  });

  it("is killed when it gives nothing and does not end", async () => {
    pretend("zstd", "echo some; exec sleep 1000");
    const { bytes, problem } = await run(how, undefined, { seconds: 0.4 });
    expect(bytes).toBe(5);
    expect(problem).toEqual({ kind: "quiet", program: "zstd", status: null, text: "", limit: 0.4 });
  });

  it("is killed when what it started keeps its output open", async () => {
    pretend("zstd", "sleep 5 & exit 0");
    expect((await run(how, undefined, { seconds: 0.4 })).problem).toBeUndefined();
  });

  it("is ended when more comes than it may give", async () => {
    pretend("zstd", "exec yes");
    const { bytes, problem } = await run(how, undefined, { bytes: 3 * MIB });
    expect(problem).toMatchObject({ kind: "too-large", limit: 3 * MIB, status: null });
    expect(bytes).toBeLessThan(5 * MIB);
  });

  it("is ended when what comes is of no use", async () => {
    pretend("zstd", "exec yes");
    const { bytes, problem } = await run(how, undefined, { useless: () => "behind-end" });
    expect(problem).toMatchObject({ kind: "behind-end", limit: MOST_USELESS });
    expect(bytes).toBeLessThan(MOST_USELESS + 2 * MIB);
  });

  it("is ended when nobody can take what it gives", async () => {
    pretend("zstd", "exec yes");
    const take = () => {
      throw new RangeError("enough");
    };
    await expect(run(how, take)).rejects.toThrow("enough");
    await expect(run(how, async () => take())).rejects.toThrow("enough");
  });

  it("does not outlive us", async () => {
    pretend("zstd", "echo some; exec sleep 1000");
    const before = process.listeners("exit");
    const signals = process.listenerCount("SIGINT");
    const take = () => {
      const [cleanup] = process.listeners("exit").filter((listener) => !before.includes(listener));
      expect(process.listenerCount("SIGINT")).toBe(signals + 1);
      cleanup?.(0);
    };
    expect((await run(how, take)).problem).toMatchObject({ kind: "failed", text: "ended by SIGKILL" });
    expect(process.listeners("exit")).toEqual(before);
  });

  it("waits for who takes slowly", async () => {
    pretend("zstd", "head -c 4000000 /dev/zero");
    let busy = false;
    const take = async () => {
      expect(busy).toBe(false);
      busy = true;
      await new Promise((resolve) => void setTimeout(resolve, 2));
      busy = false;
    };
    expect(await run(how, take)).toEqual({ bytes: 4_000_000 });
  });

  it("is run through a pipe of Node's where there is no place for a socket", async () => {
    const { TMPDIR } = process.env;
    pretend("zstd", "head -c 3000000 /dev/zero; echo cut >&2; exit 1");
    process.env.TMPDIR = join(directory, "absent");
    try {
      const delivery = await run(how, () => new Promise<void>((resolve) => void setImmediate(resolve)));
      expect(delivery).toMatchObject({ bytes: 3_000_000, problem: { status: 1, text: "cut" } });
    } finally {
      if (TMPDIR === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = TMPDIR;
    }
  });
});
