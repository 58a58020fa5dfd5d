import { StreamCursor } from "../codec/layout/index.ts";
import { createLoad } from "../compat/peers/main-channel/create-load.ts";
import type { LoadFailure } from "../compat/peers/main-channel/load.ts";
import { loadMainChannel } from "../compat/peers/main-channel/load-main-channel.ts";
import { loadText } from "../compat/peers/main-channel/load-text.ts";
import { type Host, type PeerOptions, qemuPeer } from "../compat/peers/peer.ts";
import { openFile } from "../compat/peers/qemu-file.ts";

/** What came of a main channel that was given these chunks and closed. */
export interface LoadedAlone {
  readonly failure: LoadFailure | undefined;
  readonly lines: readonly string[];
  /** It ended before the channel was closed. */
  readonly early: boolean;
}

/** Loads a main channel without the process around it. */
export function loadAlone(version: string, options: PeerOptions, chunks: readonly Uint8Array[]): LoadedAlone {
  const peer = qemuPeer(`qemu-${version}`, options);
  const lines: string[] = [];
  const host: Host = {
    peer,
    print: (line) => void lines.push(line),
    become: () => {},
    status: () => "active",
    reply: () => {},
  };
  const cursor = new StreamCursor();
  const steps = loadMainChannel(openFile(cursor, 0), createLoad(host));
  let step = steps.next();
  for (const chunk of chunks) {
    if (step.done) break;
    cursor.push(chunk);
    step = steps.next();
  }
  const early = step.done === true;
  cursor.finish();
  for (let i = 0; !step.done && i < 3; i++) step = steps.next();
  if (!step.done) throw new Error("the load waits for more than there is");
  const failure = step.value;
  if (failure?.how === "refused") lines.push(...loadText(failure, version));
  return { failure, lines, early };
}
