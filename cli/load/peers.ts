import { existsSync } from "node:fs";
import { PeerError, type ReadPeer } from "../../compat/inventory/index.ts";
import { MOST_TEXT, peerFromName, peerFromText } from "../../compat/inventory/read.ts";
import type { LoadPeer } from "../../compat/load/peer.ts";
import { UsageError } from "../exit.ts";
import { printable } from "../printable.ts";
import { peersOf } from "../replay/peers.ts";
import { readText } from "../text-file.ts";

/** QEMUs named by `--on`: releases, inventories in files, or all. */
export async function loadPeersOf(names: readonly string[]): Promise<readonly LoadPeer[]> {
  const all = names.flatMap((name) => name.split(",")).filter((name) => name !== "");
  const peers = all.flatMap((name) => (name === "all" ? peersOf(["all"]) : [name]));
  if (peers.length === 0) throw new UsageError("name a peer: --on qemu-7.2.22, an inventory, or all");
  return Promise.all([...new Set(peers)].map(peerOf));
}

async function peerOf(name: string): Promise<LoadPeer> {
  try {
    const { peer } = await readPeer(name);
    const { qemu, states, memoryMiB } = peer;
    return {
      name: name === qemu ? `qemu-${qemu}` : name,
      qemu,
      ...(states?.machines ? { machines: states.machines } : {}),
      ...(memoryMiB === undefined ? {} : { memoryMiB }),
    };
  } catch (error) {
    if (error instanceof PeerError) throw new UsageError(printable(error.message));
    throw error;
  }
}

async function readPeer(name: string): Promise<ReadPeer> {
  if (!existsSync(name)) return peerFromName(name);
  return peerFromText(await readText(name, MOST_TEXT, "an inventory"), name);
}
