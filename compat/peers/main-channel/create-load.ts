import { StreamCursor } from "../../../codec/layout/index.ts";
import type { Host, PeerBlock } from "../peer.ts";
import { openFile } from "../qemu-file.ts";
import type { Load } from "./load.ts";
import { loadSections } from "./load-sections.ts";
import { mainMemory } from "./machine-type.ts";

/** Room for option ROMs, which every PC has. */
const OPTION_ROMS: PeerBlock = { idstr: "pc.rom", length: 0x20000 };

/** An incoming migration before its first byte. Its file is the one that is given to `loadMainChannel()`. */
export function createLoad(host: Host): Load {
  return {
    host,
    file: openFile(new StreamCursor(), 0),
    blocks: blocksOf(host),
    postcopy: "none",
    hasReturnPath: false,
    sections: new Map(),
    ids: new Map(),
    announced: new Map(),
    loadSections,
  };
}

function blocksOf({ peer }: Host): Map<string, PeerBlock> | null {
  const { blocks, memoryMiB, machine } = peer;
  if (blocks) return new Map(blocks.map((block) => [block.idstr, block]));
  const idstr = mainMemory(machine);
  if (memoryMiB === undefined || idstr === undefined) return null;
  const known = [{ idstr, length: memoryMiB * 2 ** 20 }, ...(idstr === "pc.ram" ? [OPTION_ROMS] : [])];
  return new Map(known.map((block) => [block.idstr, block]));
}
