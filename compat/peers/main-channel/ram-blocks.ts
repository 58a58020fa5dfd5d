import { valueAt } from "../../facts/fact.ts";
import { ACPI_TABLES_LIMIT, SHARED_FIELDS } from "../../facts/qemu/ram/ram.ts";
import { PAGE_SIZE } from "../page-size.ts";
import { capable, type PeerBlock } from "../peer.ts";
import type { Load } from "./load.ts";
import { isX86 } from "./machine-type.ts";

/** No guest has as many; a list on the wire may be of any length. */
const MOST_BLOCKS = 1 << 12;

/** Stands for the length of a block of which nothing told it; no guest in these models has more memory. */
const LENGTH_UNKNOWN = 2 ** 40;

/** Firmware of a PC is at most 8 MiB (max-fw-size). */
const LARGEST_FIRMWARE = 2 ** 23;
const FIRMWARE = /^pc\.(?:bios|rom)$/;

/** Names of memory that machines and devices have besides what is known of a peer. */
const USUAL =
  /^\/rom@(?:genroms\/.|etc\/(?:acpi\/(?:tables|rsdp|nvdimm-mem)|table-loader|tpm\/.*|vmgenid_guid|hardware_errors|smbios\/.*)$)|^(?:pc|microvm|xen)\.ram$|^\/objects\/.|\.(?:rom|bios|vram|flash\d*|mmio|htm)$|(?:^|\/)(?:vga\.vram|ram-node\d+|(?:mem)?(?:nv)?dimm\d+|mem\d*)$/;

/** ROMs that are made by the machine are resized to what the other side has. */
export function isResizable(idstr: string): boolean {
  return idstr.startsWith("/rom@");
}

/** The block of a name, as far as can be known; undefined where the peer has none. */
export function findBlock(
  { blocks, announced, host, receivedMachine }: Load,
  idstr: string,
): PeerBlock | undefined {
  const known = blocks?.get(idstr) ?? announced.get(idstr);
  const other = !isX86(host.peer.machine ?? receivedMachine);
  if (known || host.peer.blocks || !(other || USUAL.test(idstr))) return known;
  return { idstr, length: FIRMWARE.test(idstr) ? LARGEST_FIRMWARE : LENGTH_UNKNOWN };
}

/** Notes what the other side told of a block that this side does not know better. */
export function announce({ blocks, announced }: Load, idstr: string, length: number): void {
  if (announced.has(idstr) || (blocks?.has(idstr) && !isResizable(idstr))) return;
  if (announced.size >= MOST_BLOCKS) return;
  const block = { idstr, length };
  announced.set(idstr, block);
  blocks?.set(idstr, block);
}

/** The length that a release compares for one that was received. */
export function aligned(length: bigint): bigint {
  const size = BigInt(PAGE_SIZE);
  return BigInt.asUintN(64, ((length + size - 1n) / size) * size);
}

/** What follows the length of a block with x-ignore-shared; undefined without. */
export function sharedFields({
  host: { peer },
}: Load): "address-and-flag" | "address" | "address-first" | undefined {
  return capable(peer, "x-ignore-shared") ? valueAt(SHARED_FIELDS, peer.version, "later") : undefined;
}

/** What a block may grow to, where that is known. */
export function limitOf(idstr: string): number | undefined {
  return idstr === "/rom@etc/acpi/tables" ? ACPI_TABLES_LIMIT[0]?.value : undefined;
}
