import * as pcap from "../capture/pcap.ts";
import * as pcapng from "../capture/pcapng.ts";
import * as protocol from "../capture/protocol-headers.ts";
import type { StructDef } from "../layout/index.ts";
import * as bitmap from "./dirty-bitmap/dirty-bitmap.ts";
import * as save from "./libvirt/save-header.ts";
import * as multifd from "./multifd/multifd.ts";
import * as qcow2 from "./qcow2/qcow2.ts";
import * as mapping from "./qcow2/qcow2-mapping.ts";
import * as snapshot from "./qcow2/qcow2-snapshot.ts";
import * as received from "./return-path/received-bitmap.ts";
import * as returnPath from "./return-path/return-path.ts";
import * as command from "./stream/qemu-command.ts";
import * as file from "./stream/qemu-file.ts";
import * as ram from "./stream/qemu-ram.ts";

/** Every wire struct. The generic tests, the docs and the exports run over this list. */
export const tables: readonly StructDef[] = [
  file.FileHeader,
  file.ConfigurationHeader,
  file.SubsectionHeader,
  file.TargetPageBits,
  file.Capabilities,
  file.ConfigurationUuid,
  file.SectionHeader,
  file.SectionPartHeader,
  file.SectionFooter,
  file.EndOfFile,
  file.VmDescriptionHeader,
  command.CommandHeader,
  command.PingPayload,
  command.AdvisePayload,
  command.DiscardHeader,
  command.DiscardRange,
  command.PackagedPayload,
  command.RecvBitmapPayload,
  ram.RamRecord,
  ram.RamBlockName,
  ram.ZeroPage,
  ram.XbzrlePage,
  ram.CompressedPage,
  ram.RamBlockEntry,
  ram.MappedRamHeader,
  multifd.MultifdInit,
  multifd.MultifdPacketHeader,
  multifd.MultifdPageOffset,
  multifd.MultifdDeviceState,
  multifd.XMultifdInit,
  multifd.XMultifdPacketHeader,
  received.ReceivedBitmapHeader,
  received.ReceivedBitmapEnd,
  returnPath.ReturnPathHeader,
  returnPath.ShutPayload,
  returnPath.PongPayload,
  returnPath.ReqPagesPayload,
  returnPath.ReqPagesIdPayload,
  returnPath.RecvBitmapReply,
  returnPath.ResumeAckPayload,
  bitmap.DirtyBitmapFlags,
  bitmap.DirtyBitmapName,
  bitmap.DirtyBitmapStart,
  bitmap.DirtyBitmapBits,
  bitmap.DirtyBitmapBuffer,
  save.SaveHeader,
  save.SaveHeaderV2,
  save.SaveHeaderV1,
  save.SaveHeaderProposed,
  qcow2.Qcow2Header,
  qcow2.Qcow2HeaderPart3,
  qcow2.Qcow2HeaderCompression,
  qcow2.Qcow2HeaderExtension,
  qcow2.Qcow2FeatureName,
  snapshot.Qcow2SnapshotEntry,
  snapshot.Qcow2SnapshotExtra,
  mapping.Qcow2L1Entry,
  mapping.Qcow2L2Entry,
  mapping.Qcow2ExtendedL2Entry,
  pcap.PcapFileHeader,
  pcap.PcapRecordHeader,
  pcap.PcapModifiedPart,
  pcapng.PcapngBlockHeader,
  pcapng.PcapngSectionHeader,
  pcapng.PcapngInterface,
  pcapng.PcapngEnhancedPacket,
  pcapng.PcapngObsoletePacket,
  pcapng.PcapngSimplePacket,
  pcapng.PcapngOption,
  pcapng.PcapngBlockTrailer,
  protocol.EthernetHeader,
  protocol.VlanTag,
  protocol.CookedHeader,
  protocol.CookedHeader2,
  protocol.Ipv4Header,
  protocol.Ipv6Header,
  protocol.Ipv6FragmentHeader,
  protocol.TcpHeader,
];
