import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const BUFFER = 512 << 10;

/** Takes what a program writes, from a buffer that is used again; false asks for a pause until `resume`. */
export type TakeOutput = (chunk: Uint8Array) => boolean;

/** Where a program writes to, and where that is read. */
export interface HelperOutput {
  /** To be its standard output; closed here once the program runs. */
  readonly theirs: Socket;
  readonly ours: Socket;
}

/**
 * A pair of sockets. A pipe that Node makes for a child is read into new memory every time, which costs several times what
 * reading costs; only a socket of one's own is read into a buffer of one's own. Undefined where no such pair can be had.
 */
export async function openOutput(take: TakeOutput): Promise<HelperOutput | undefined> {
  let directory: string | undefined;
  try {
    directory = mkdtempSync(join(tmpdir(), "migwire-"));
    return await pairAt(join(directory, "out"), take);
  } catch {
    return undefined;
  } finally {
    if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
  }
}

async function pairAt(path: string, take: TakeOutput): Promise<HelperOutput> {
  const server = createServer({ pauseOnConnect: true });
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(path, resolve);
    });
    const accepted = new Promise<Socket>((resolve) => server.once("connection", resolve));
    const buffer = new Uint8Array(BUFFER);
    const callback = (length: number) => take(buffer.subarray(0, length));
    const ours = connect({ path, onread: { buffer, callback } });
    await new Promise<void>((resolve, reject) => {
      ours.once("error", reject);
      ours.once("connect", resolve);
    });
    ours.on("error", () => {});
    return { theirs: await accepted, ours };
  } finally {
    server.close();
  }
}
