import type { Take } from "./meter.ts";

/** What comes out of something that pushes, one piece at a time. */
export interface Pulled<T> {
  /** The next piece, lent until the one after it is asked for; undefined at the end. Throws what was thrown within. */
  next(): Promise<Uint8Array | undefined>;
  /** Takes and drops what still comes, and says what the pushing side came to. */
  drain(): Promise<T>;
  /** Ends the pushing side where it stands. */
  stop(): Promise<void>;
}

/** Thrown into the pushing side. */
const STOPPED = new Error("nobody takes any more");

/** Turns pushing into pulling. The pushing side waits until what it gave is used up. */
export function pull<T>(run: (take: Take) => Promise<T>): Pulled<T> {
  let piece: Uint8Array | undefined;
  let waiting: { readonly resolve: () => void; readonly reject: (error: unknown) => void } | undefined;
  let arrived = () => {};
  let over = false;
  let wanted: "pieces" | "end" | "nothing" = "pieces";
  let running: Promise<T> | undefined;
  const take: Take = (chunk) => {
    if (wanted === "end") return;
    if (wanted === "nothing") throw STOPPED;
    piece = chunk;
    arrived();
    return new Promise<void>((resolve, reject) => {
      waiting = { resolve, reject };
    });
  };
  const start = () => {
    running ??= run(take).finally(() => {
      over = true;
      arrived();
    });
    // Whoever asks next is told; until then nobody may be there to hear.
    running.catch(() => {});
    return running;
  };
  const release = (how: typeof wanted) => {
    wanted = how;
    piece = undefined;
    const { resolve, reject } = waiting ?? {};
    waiting = undefined;
    if (how === "nothing") reject?.(STOPPED);
    else resolve?.();
  };
  return {
    async next() {
      release("pieces");
      const end = start();
      while (piece === undefined && !over)
        await new Promise<void>((resolve) => {
          arrived = resolve;
        });
      if (piece === undefined) await end;
      return piece;
    },
    async drain() {
      release("end");
      return await start();
    },
    async stop() {
      release("nothing");
      try {
        await start();
      } catch (error) {
        if (error !== STOPPED) throw error;
      }
    },
  };
}
