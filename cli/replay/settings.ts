import { hasCapability } from "../../compat/peers/main-channel/capability-names.ts";
import type { PeerOptions } from "../../compat/peers/peer.ts";
import { linesOfQemu } from "../../compat/releases.ts";
import { UsageError } from "../exit.ts";
import { printable } from "../printable.ts";

/** How peers are set up, where the input's own setup is not meant. */
export interface PeerSettings {
  readonly machine?: string;
  /** `multifd` or `multifd=off`. */
  readonly cap?: readonly string[];
  /** `multifd-channels=4`. */
  readonly param?: readonly string[];
  readonly uuid?: string;
  /** MiB of main memory. */
  readonly memory?: number;
}

/** What was told on the command line goes before what the input tells. */
export function settingsOf(inferred: PeerOptions, settings: PeerSettings): PeerOptions {
  const { machine, cap = [], param = [], uuid, memory } = settings;
  if (uuid !== undefined && !/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(uuid))
    throw new UsageError(`--uuid ${printable(uuid)}: a UUID is 0b5e1ab0-0001-4000-8000-0000000000a1, say`);
  return {
    ...inferred,
    ...(machine === undefined ? {} : { machine }),
    ...(uuid === undefined ? {} : { uuid }),
    ...(memory === undefined ? {} : { memoryMiB: memory }),
    capabilities: { ...inferred.capabilities, ...Object.fromEntries(cap.map(capabilityOf)) },
    parameters: { ...inferred.parameters, ...Object.fromEntries(param.map(parameterOf)) },
  };
}

function capabilityOf(text: string): [string, boolean] {
  const [name = "", value = "on"] = text.split("=", 2);
  if (value !== "on" && value !== "off")
    throw new UsageError(`--cap ${printable(text)}: NAME, NAME=on or NAME=off`);
  if (!linesOfQemu().some((line) => hasCapability(name, line)))
    throw new UsageError(`--cap ${printable(text)}: no release has such a capability`);
  return [name, value === "on"];
}

function parameterOf(text: string): [string, string | number] {
  const at = text.indexOf("=");
  if (at < 1) throw new UsageError(`--param ${printable(text)}: NAME=VALUE`);
  const value = text.slice(at + 1);
  return [text.slice(0, at), /^\d{1,15}$/.test(value) ? Number(value) : value];
}
