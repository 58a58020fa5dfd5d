import type { Steps } from "../../../codec/layout/index.ts";
import { valueAt } from "../../facts/fact.ts";
import { MULTIFD_SHUTDOWN_CRASHES } from "../../facts/qemu/multifd/multifd.ts";
import { type Gate, letOthersGo, until } from "./gate.ts";
import type { MultifdSettings } from "./settings.ts";

/** The multifd channels of a destination; QEMU's multifd_recv_state. */
export interface Channels {
  readonly settings: MultifdSettings;
  /** Ids that are taken. */
  readonly ids: Set<number>;
  /** How many channels were set up. */
  count: number;
  /** They were shut down; those that are set up later end at once. */
  quitting: boolean;
  /** The error they were shut down for. */
  error: string | null;
  /** Pages that packets announced as zero to a release that does not look there. */
  ignoredZeroPages: number;
  /** SYNC packets that were received and that the main channel has not waited for yet. */
  synced: number;
  /** By id: how often the main channel let it go on. */
  readonly released: number[];
}

export function createChannels(settings: MultifdSettings): Channels {
  return {
    settings,
    ids: new Set(),
    count: 0,
    quitting: false,
    error: null,
    ignoredZeroPages: 0,
    synced: 0,
    released: Array.from({ length: settings.channels }, () => 0),
  };
}

export function allThere({ count, settings }: Channels): boolean {
  return count === settings.channels;
}

/** Shuts all channels down. Says whether the process survives that. */
export function shutDown(channels: Channels, error: string): boolean {
  const { settings, ids } = channels;
  if (!channels.quitting) {
    channels.quitting = true;
    channels.error = error;
  }
  const crashes = valueAt(MULTIFD_SHUTDOWN_CRASHES, settings.version, "later") === true;
  return !crashes || ids.size >= settings.channels;
}

/** A SYNC packet was received: waits for the main channel. */
export function* sync(channels: Channels, id: number, gate: Gate): Steps {
  const { released } = channels;
  channels.synced++;
  yield* until(gate, () => channels.quitting || (released[id] ?? 0) > 0);
  released[id] = (released[id] ?? 0) - 1;
}

/** The main channel waits for a SYNC packet of each channel, then lets them go on, before or after itself. */
export function* awaitAll(channels: Channels, gate: Gate, channelsFirst: boolean): Steps {
  const { settings, released } = channels;
  yield* until(gate, () => channels.synced >= settings.channels);
  channels.synced -= settings.channels;
  for (let id = 0; id < settings.channels; id++) released[id] = (released[id] ?? 0) + 1;
  if (channelsFirst) yield* letOthersGo(gate);
}
