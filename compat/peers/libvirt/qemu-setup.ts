import { readDomainXml } from "../../../codec/formats/libvirt/domain-xml.ts";
import { byteOrderOf } from "../../../codec/formats/libvirt/save-byte-order.ts";
import { SAVE_HEADER_SIZE } from "../../../codec/formats/libvirt/save-header.ts";
import { versionsOf } from "../../releases.ts";
import type { PeerOptions } from "../peer.ts";
import { feedOf } from "./feed.ts";
import type { SaveImageFacts } from "./image-facts.ts";
import { openImage } from "./open.ts";
import { rulesOf } from "./rules.ts";

/**
 * How libvirt sets up the QEMU that it gives an image's payload: by the domain in the image and by its format, whatever the
 * stream says. Nothing where no release comes to that.
 */
export function qemuSetup(facts: SaveImageFacts): PeerOptions {
  const { head } = facts;
  if (head.length < SAVE_HEADER_SIZE) return {};
  const rules = rulesOf(versionsOf("libvirt").at(-1) ?? "", "later");
  const opened = openImage(facts, rules, byteOrderOf(head).endian);
  if ("stage" in opened || opened.xml === null) return {};
  const { machine, arch, memoryKiB, memoryDevices } = readDomainXml(opened.xml);
  const type = machine ?? (arch === "x86_64" ? "pc" : undefined);
  const isPlain = memoryKiB !== null && memoryKiB % 1024 === 0 && memoryDevices.length === 0;
  return {
    ...(type === undefined ? {} : { machine: type }),
    ...(isPlain ? { memoryMiB: memoryKiB / 1024 } : {}),
    capabilities: { "mapped-ram": feedOf(opened, rules).how === "mapped" },
  };
}
