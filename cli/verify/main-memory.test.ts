import { expect, it } from "vitest";
import { mainMemory } from "./main-memory.ts";

const blocks = (sizes: Readonly<Record<string, string | null>>) =>
  Object.entries(sizes).map(([idstr, usedLength]) => ({ idstr, usedLength }));

it.each([
  [{ "pc.ram": "16777216", "pc.bios": "65536", "vga.vram": "16777216" }, 16_777_216n, 1],
  [{ "mach-virt.ram": "33554432", "virt.flash0": "67108864" }, 33_554_432n, 1],
  [{ "ppc_spapr.ram": "268435456" }, 268_435_456n, 1],
  [{ "s390.ram": "67108864" }, 67_108_864n, 1],
  [{ "ram-node0": "1048576", "ram-node1": "2097152", "pc.rom": "131072" }, 3_145_728n, 2],
  [{ "/objects/ram-node0": "1048576", "/objects/memdimm0": "4194304" }, 5_242_880n, 2],
  [{ "pc.ram": "1048576", memvirtiomem0: "4194304", "memua-mine": "1048576" }, 6_291_456n, 3],
] as const)("counts %j", (sizes, bytes, count) => {
  expect(mainMemory(blocks(sizes))).toEqual({ bytes, blocks: count });
});

it.each([[{}], [{ "pc.bios": "65536" }], [{ memdimm0: "65536" }], [{ "pc.ram": null }]] as const)(
  "says nothing of %j",
  (sizes) => {
    expect(mainMemory(blocks(sizes))).toBeNull();
  },
);
