import { MULTIFD_END_OF_FILE } from "../../facts/qemu/multifd/multifd-errors.ts";
import type { QemuFile } from "../qemu-file.ts";
import type { Channels } from "./channels.ts";
import type { Gate } from "./gate.ts";
import type { FindBlock } from "./packet.ts";
import { told } from "./text.ts";

/** How a channel's thread ends. */
export type ChannelEnd =
  | { readonly how: "ended" }
  /** `lacking`: for want of input. */
  | {
      readonly how: "failed";
      readonly error: string;
      readonly offset: number;
      readonly path: string;
      readonly lacking: boolean;
    }
  | {
      readonly how: "crashed";
      readonly signal: number;
      readonly line: string;
      readonly offset: number;
      readonly path: string;
    }
  | { readonly how: "unknown"; readonly why: string };

export interface ChannelContext {
  readonly file: QemuFile;
  readonly id: number;
  readonly channels: Channels;
  readonly gate: Gate;
  readonly find: FindBlock;
  /** Whether memory was prepared for being loaded. */
  isLoading(): boolean;
  /** Whether postcopy has begun. */
  inPostcopy(): boolean;
}

/** The channel ends in the middle of something. */
export function cut({ file, channels }: ChannelContext, offset: number, error?: string): ChannelEnd {
  const text = error ?? told(MULTIFD_END_OF_FILE, channels.settings.version);
  return { how: "failed", error: text, offset, path: file.path, lacking: true };
}
