const CHUNK = 512 << 10;

/** How far raw deflate data came; `short` is what ends before its end. */
export type RawState = "open" | "ended" | "short" | "damaged";

/** Raw deflate data being inflated. */
export interface RawInflation {
  /** Takes a piece; says how much of it was used. Everything that came out of it has been taken then. */
  write(piece: Uint8Array): Promise<{ readonly used: number; readonly state: RawState }>;
  /** Says that there are no more. */
  end(): Promise<RawState>;
  abort(): void;
}

/** Inflates in zlib's own threads. What `take` throws is thrown where the bytes were given. */
export function startRaw(take: (chunk: Uint8Array) => Promise<void>): RawInflation {
  const { createInflateRaw } = process.getBuiltinModule("node:zlib");
  const inflate = createInflateRaw({ chunkSize: CHUNK });
  let state: RawState = "open";
  let given = 0;
  let taken: Promise<void> = Promise.resolve();
  let wake = () => {};
  const ended = new Promise<void>((resolve) => {
    const finish = (how: RawState) => {
      if (state === "open") state = how;
      wake();
      resolve();
    };
    inflate.once("end", () => finish("ended"));
    inflate.once("error", (error) => {
      finish("code" in error && error.code === "Z_BUF_ERROR" ? "short" : "damaged");
    });
    inflate.once("close", () => finish("damaged"));
  });
  inflate.on("data", ({ buffer, byteOffset, length }: Buffer) => {
    inflate.pause();
    // Slices of a Buffer are no copies, as those who take it expect.
    const chunk = new Uint8Array(buffer, byteOffset, length);
    taken = taken.then(() => take(chunk));
    taken.then(
      () => void inflate.resume(),
      () => {
        inflate.destroy();
      },
    );
  });
  return {
    async write(piece) {
      given += piece.length;
      await new Promise<void>((resolve) => {
        wake = resolve;
        inflate.write(piece, () => resolve());
      });
      await taken;
      const unused = given - inflate.bytesWritten;
      if (unused > 0 && state !== "damaged") {
        await ended;
        await taken;
        return { used: piece.length - unused, state };
      }
      return { used: piece.length, state };
    },
    async end() {
      inflate.end();
      await ended;
      await taken;
      return state;
    },
    abort: () => void inflate.destroy(),
  };
}
