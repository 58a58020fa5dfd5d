import type { StructDef } from "../layout/index.ts";
import * as command from "./qemu-command.ts";
import * as file from "./qemu-file.ts";
import * as ram from "./qemu-ram.ts";

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
];
