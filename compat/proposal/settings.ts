import { X_INIT_LENGTH } from "../../codec/index.ts";
import { valueAt } from "../facts/fact.ts";
import { MULTIFD_CAPABILITY, MULTIFD_GENERATION } from "../facts/qemu/multifd/multifd.ts";
import { MULTIFD_CHANNELS } from "../facts/qemu/settings/parameters-multifd.ts";
import type { PeerOptions } from "../peers/peer.ts";
import { lineOf } from "../releases.ts";

/** What has to be set for multifd to reach the wire, and what opens its channels. */
interface Multifd {
  readonly capability: string;
  readonly parameter: string;
  readonly init: "XMultifdInit" | "MultifdInit";
}

/** Channels that the conversations have. */
export const CHANNELS = 2;

/** Undefined where multifd puts nothing on the wire. */
export function multifdOf(version: string): Multifd | undefined {
  const capability = valueAt(MULTIFD_CAPABILITY, version, "later");
  const parameter = valueAt(MULTIFD_CHANNELS, version, "later");
  const generation = valueAt(MULTIFD_GENERATION, version, "later");
  if (capability === undefined || !parameter || !generation) return undefined;
  const init = generation.init === X_INIT_LENGTH ? "XMultifdInit" : "MultifdInit";
  return { capability, parameter: parameter.name, init };
}

/** Machine type that both sides have: the newest of the release's line. */
export function machineFor(version: string): string {
  return `pc-i440fx-${lineOf(version)}`;
}

/** The RAM block that conversations name. */
export const MAIN_BLOCK = { idstr: "pc.ram", length: 32 << 20 } as const;

export type Setting = "plain" | "return-path" | "postcopy" | "multifd";

/** What is set on a released peer for a conversation. */
export function optionsFor(version: string, setting: Setting): PeerOptions {
  const machine = machineFor(version);
  const multifd = setting === "multifd" ? multifdOf(version) : undefined;
  if (multifd)
    return {
      machine,
      capabilities: { [multifd.capability]: true },
      parameters: { [multifd.parameter]: CHANNELS },
    };
  if (setting === "postcopy") return { machine, capabilities: { "return-path": true, "postcopy-ram": true } };
  return setting === "return-path" ? { machine, capabilities: { "return-path": true } } : { machine };
}
