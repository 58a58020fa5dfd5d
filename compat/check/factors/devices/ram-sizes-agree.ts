import { MICROVM_RAM, PC_RAM, PSERIES_RAM, S390_RAM, VIRT_RAM } from "../../../facts/qemu/ram/main-ram.ts";
import { MAPPED_OUTSIDE, MAPPED_SIZES_UNCHECKED } from "../../../facts/qemu/ram/mapped-ram.ts";
import { BLOCK_SIZE_DIFFERS } from "../../../facts/qemu/ram/ram-block-errors.ts";
import { chaptersFor } from "../../chapters.ts";
import type { End, Pair } from "../../end.ts";
import { earOf } from "../../endings/ear.ts";
import type { Factor, Problem } from "../../factor.ts";
import { forMachine } from "./machine.ts";
import { ends, NOTHING, tells } from "./problem.ts";
import { ramRefused } from "./ram-refused.ts";

const MAPPED = "mapped-ram";
const MIB = 1024 * 1024;
const MAIN_RAM = [PC_RAM, VIRT_RAM, PSERIES_RAM, S390_RAM, MICROVM_RAM] as const;

export const ramSizesAgree: Factor = {
  rule: "RAM_SIZES_AGREE",
  purpose: "Checks that both sides have the same size of memory.",
  reference: "migration/ram.c, parse_ramblock(); system/physmem.c, qemu_ram_resize()",
  find(pair) {
    const { source, destination } = pair;
    const sent = bytesOf(source);
    const own = bytesOf(destination);
    if (sent === undefined || own === undefined || sent === own) return NOTHING;
    const block = mainRam(source);
    if (source.has(MAPPED) && destination.has(MAPPED) && destination.value(MAPPED_SIZES_UNCHECKED))
      return [inFile(pair, block, sent, own)];
    return [
      ends(
        "ram setup",
        ramRefused(pair, BLOCK_SIZE_DIFFERS, block, BigInt(sent), BigInt(own)),
        { source: sent / MIB, destination: own / MIB, mapped: false, ear: earOf(pair) },
        chaptersFor(destination, BLOCK_SIZE_DIFFERS),
      ),
    ];
  },
};

/** The file holds pages by their number: all goes well as long as none lies beyond the memory of the destination. */
function inFile(pair: Pair, block: string, sent: number, own: number): Problem {
  const args = { source: sent / MIB, destination: own / MIB, mapped: true };
  const facts = chaptersFor(pair.destination, MAPPED_SIZES_UNCHECKED, MAPPED_OUTSIDE);
  if (sent < own) return tells("warning", args, facts, "ram setup");
  const ending = {
    ...ramRefused(pair, MAPPED_OUTSIDE, block),
    alternatives: ["corrupts", "completes"],
  } as const;
  return ends("ram setup", ending, args, facts);
}

function bytesOf({ peer: { memoryMiB } }: End): number | undefined {
  if (typeof memoryMiB !== "number" || !(memoryMiB > 0)) return undefined;
  const bytes = memoryMiB * MIB;
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** The block of main memory; where the facts do not tell, that of pc. */
function mainRam(end: End): string {
  const known = MAIN_RAM.flatMap((chapters) => end.value(chapters) ?? []);
  return forMachine(end, known)?.idstr ?? PC_RAM[0]?.value.idstr ?? "";
}
