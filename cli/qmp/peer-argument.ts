import { existsSync } from "node:fs";
import {
  joinParts,
  MOST_TEXT,
  PeerError,
  type PeerPart,
  partFromText,
  partFromVersion,
  peerFromReplies,
  type ReadPeer,
} from "../../compat/inventory/index.ts";
import { UsageError } from "../exit.ts";
import { printable } from "../printable.ts";
import { readText } from "../text-file.ts";
import { qmpAddress } from "./address.ts";
import { askMonitor } from "./client.ts";

/** Begins the address of a monitor. */
const MONITOR = /^(unix|tcp):/;
const VERSION = /^(qemu[- ])?v?\d+\.\d+(\.\d+){0,2}(\D|$)/;

/**
 * A peer as it is named on the command line: a version, a file, `unix:` or `tcp:` of a monitor, or several of them with
 * commas. Throws a UsageError for what is none.
 */
export async function peerFromArgument(argument: string): Promise<ReadPeer> {
  const names = existsSync(argument) ? [argument] : argument.split(",");
  try {
    const parts: PeerPart[] = [];
    for (const name of names) parts.push(await partOf(name));
    return joinParts(parts);
  } catch (error) {
    if (error instanceof PeerError) throw new UsageError(error.message);
    throw error;
  }
}

async function partOf(name: string): Promise<PeerPart> {
  if (MONITOR.test(name)) {
    const { peer, findings } = peerFromReplies(await askMonitor(qmpAddress(name)), name);
    return { name, source: "inventory", told: peer, findings };
  }
  if (name === "-" || existsSync(name))
    return partFromText(await readText(name, MOST_TEXT, "a peer's description"), name);
  if (VERSION.test(name) || /^(qemu|debian|\d+:)/i.test(name)) return partFromVersion(name);
  throw new UsageError(
    `${printable(name)} is neither a version, such as qemu-7.2.22, nor a file, nor unix:/path or tcp:HOST:PORT of a monitor`,
  );
}
