import { valueAt } from "../../facts/fact.ts";
import { MICROVM_RAM, PC_RAM, PSERIES_RAM, S390_RAM, VIRT_RAM } from "../../facts/qemu/ram/main-ram.ts";
import { PC_ROMS } from "../../facts/qemu/return-path/source-states.ts";
import type { QemuPeer } from "../peer.ts";

/** The RAM blocks a source has, with their bytes; null where these are not known. */
export type Blocks = ReadonlyMap<string, number | null>;

const MIB = 1 << 20;
const MAIN_RAM = [PC_RAM, VIRT_RAM, PSERIES_RAM, S390_RAM, MICROVM_RAM];
const PC = "pc-";

/** The RAM blocks of a peer; null where nothing is known of them. A machine that is not named is a pc. */
export function blocksOf({ blocks, machine = PC, memoryMiB, version }: QemuPeer): Blocks | null {
  if (blocks) return new Map(blocks.map(({ idstr, length }) => [idstr, length]));
  const main = MAIN_RAM.map((chapters) => valueAt(chapters, version, "later")).find(
    (ram) => ram && `${machine}-`.startsWith(ram.machine),
  );
  if (memoryMiB === undefined || !main) return null;
  const roms = main.machine === PC ? (valueAt(PC_ROMS, version, "later") ?? []) : [];
  return new Map([[main.idstr, memoryMiB * MIB], ...roms.map((rom) => [rom, null] as const)]);
}
