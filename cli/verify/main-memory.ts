import type { StreamSummary } from "../../codec/index.ts";

type Block = NonNullable<StreamSummary["ram"]>["blocks"][number];

/**
 * What QEMU's machines that libvirt runs call their memory: `default_ram_id` in hw/. The rest of a machine's blocks are
 * firmware, tables and video memory, which `<memory>` does not count.
 */
const MACHINE_RAM: ReadonlySet<string> = new Set([
  "hppa.ram",
  "loongarch.ram",
  "m68k_virt.ram",
  "mach-virt.ram",
  "microvm.ram",
  "mips_malta.ram",
  "pc.ram",
  "pnv.ram",
  "ppc_core99.ram",
  "ppc_heathrow.ram",
  "ppc_spapr.ram",
  "riscv_virt_board.ram",
  "s390.ram",
  "sbsa-ref.ram",
]);

/** libvirt's ids of the memory of NUMA nodes, and of memory devices: `mem` and the alias (qemu_command.c). */
const NODE = /^ram-node\d+$/;
const DEVICE = /^mem(dimm|nvdimm|virtiomem|virtiopmem|ua-)/;
/** How machines up to 3.1 name blocks that stand for an object. */
const OBJECTS = "/objects/";

/** Guest memory among the blocks of a stream; null where none can be told to be the machine's. */
export function mainMemory(
  blocks: readonly Pick<Block, "idstr" | "usedLength">[],
): { readonly bytes: bigint; readonly blocks: number } | null {
  const named = blocks.map(({ idstr, usedLength }) => ({
    id: idstr.startsWith(OBJECTS) ? idstr.slice(OBJECTS.length) : idstr,
    usedLength,
  }));
  const isMain = (id: string) => MACHINE_RAM.has(id) || NODE.test(id);
  const guest = named.filter(({ id }) => isMain(id) || DEVICE.test(id));
  if (!guest.some(({ id }) => isMain(id))) return null;
  let bytes = 0n;
  for (const { usedLength } of guest) {
    if (usedLength === null) return null;
    bytes += BigInt(usedLength);
  }
  return { bytes, blocks: guest.length };
}
