import type { Dump } from "../vmstate/description.ts";

/** The QEMU that a stream is to be loaded on. */
export interface LoadPeer {
  /** Full version. */
  readonly qemu: string;
  /** How it is called. */
  readonly name: string;
  /** Every machine type and alias that it says it has. */
  readonly machines?: readonly string[];
  /** Its main memory; undefined: as much as the stream's. */
  readonly memoryMiB?: number;
  /** What it says of its devices' state. */
  readonly dump?: Dump;
}
