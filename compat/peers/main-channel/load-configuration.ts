import type { Steps } from "../../../codec/layout/index.ts";
import { valueAt } from "../../facts/fact.ts";
import * as texts from "../../facts/qemu/stream/configuration.ts";
import { LENGTHS_SIGNED } from "../../facts/qemu/stream/vmstate.ts";
import { capable } from "../peer.ts";
import { report } from "../postcopy/refuse.ts";
import { terminated } from "../postcopy/terminated.ts";
import { bytes, number, skip } from "../qemu-file.ts";
import { canonicalMachine } from "../qemu-load/machine.ts";
import { allocationFailed } from "./allocation.ts";
import { int32 } from "./failure.ts";
import type { Load, LoadFailure } from "./load.ts";
import { loadConfigurationParts } from "./load-configuration-parts.ts";
import { isX86 } from "./machine-type.ts";
import { fieldCut, postLoadFailed } from "./vmstate-failure.ts";

const CONFIGURATION = { name: "configuration", newest: 1, oldest: 0 };
/** Room for a longer name is never to be had where lengths have a sign. */
const LONGEST_ALLOCATED = 0x7fff_ffff;
/** Bytes of a name that are kept for the message about it. */
const LONGEST_SHOWN = 0x10000;
/** log2 of a page's size, where the subsection does not tell another. */
const PAGE_BITS = 12;

/** What the subsections of a configuration told. */
export interface Told {
  pageBits: number | undefined;
  capabilities: readonly string[];
}

/** The configuration section behind its type byte. QEMU's vmstate_configuration. */
export function* loadConfiguration(load: Load): Steps<LoadFailure | undefined> {
  const { file } = load;
  const length = yield* number(file, 4, "ConfigurationHeader.nameLength");
  if (file.error) return fieldCut(load, "configuration", "len");
  if (length > LONGEST_ALLOCATED && valueAt(LENGTHS_SIGNED, load.host.peer.version, "later"))
    return allocationFailed(load, length, 1);
  const received = yield* bytes(file, Math.min(length, LONGEST_SHOWN), "configuration.machine");
  const { offset, path } = file;
  if (length > received.length && !file.error) yield* skip(file, length - received.length, path);
  file.offset = offset;
  if (file.error) return fieldCut(load, "configuration", "name");
  const told: Told = { pageBits: undefined, capabilities: [] };
  const refused = yield* loadConfigurationParts(load, told);
  if (refused) return refused;
  const failure = checkConfiguration(load, received, told);
  return failure && { ...failure, offset, path };
}

/** QEMU's configuration_post_load(), of the machine type that was received. */
export function checkConfiguration(load: Load, received: Uint8Array, told: Told): LoadFailure | undefined {
  const { peer } = load.host;
  load.receivedMachine = terminated(received);
  const local = peer.machine === undefined ? undefined : canonicalMachine(peer.machine, peer.version);
  if (local !== undefined && !begins(local, received))
    return postLoadFailed(
      load,
      CONFIGURATION,
      report(load, texts.MACHINE_DIFFERS, terminated(received), local),
    );
  const { pageBits } = told;
  if (pageBits !== undefined && pageBits !== PAGE_BITS && isX86(local ?? load.receivedMachine))
    return postLoadFailed(
      load,
      CONFIGURATION,
      report(load, texts.PAGE_BITS_DIFFER, int32(pageBits), PAGE_BITS),
    );
  return capabilitiesDiffer(load, told.capabilities)
    ? postLoadFailed(load, CONFIGURATION, report(load, texts.CAPABILITIES_INVALID))
    : undefined;
}

/** C's strncmp() over the bytes received. */
function begins(local: string, received: Uint8Array): boolean {
  for (let i = 0; i < received.length; i++) {
    const own = i < local.length ? local.charCodeAt(i) : 0;
    if (received[i] !== own) return false;
    if (own === 0) return true;
  }
  return true;
}

function capabilitiesDiffer(load: Load, received: readonly string[]): boolean {
  const { peer } = load.host;
  const compared = valueAt(texts.COMPARED_CAPABILITIES, peer.version, "later") ?? [];
  const onOff = (on: boolean) => (on ? "on" : "off");
  let differ = false;
  for (const capability of compared) {
    const here = capable(peer, capability);
    const there = received.includes(capability);
    if (here === there) continue;
    report(load, texts.CAPABILITY_DIFFERS, capability, onOff(here), onOff(there));
    differ = true;
  }
  return differ;
}
