import { EXTRA_CONNECTION, PEEK_FAILED, PRINTED_ERROR } from "../../../facts/qemu/multifd/channel-errors.ts";
import { CHANNEL_MAPPING, PEEK_EXCLUDED_BY, PEEK_TRANSPORTS } from "../../../facts/qemu/multifd/channels.ts";
import { MULTIFD_METHOD } from "../../../facts/qemu/multifd/multifd-payload-errors.ts";
import { NOT_A_STREAM } from "../../../facts/qemu/stream/file.ts";
import type { End, Pair } from "../../end.ts";
import {
  inSection,
  type LoadError,
  loadError,
  loadErrorLines,
  loadFailed,
} from "../../endings/load-failed.ts";
import { ramSection } from "../../endings/source-fails.ts";
import { hasMultifd } from "./multifd-side.ts";

/** What a stream begins with. */
export const QEVM = 0x5145564d;

/** Whether the destination looks at what a connection begins with before it takes it for the main channel. */
export function peeks({ destination, transport }: Pair): boolean {
  const how = destination.value(CHANNEL_MAPPING) ?? "order";
  if (how === "order" || destination.value(PEEK_TRANSPORTS)?.includes(transport) !== true) return false;
  if (how === "peek") return true;
  const excluded = destination.value(PEEK_EXCLUDED_BY) ?? [];
  return hasMultifd(destination) && !excluded.some((capability) => destination.has(capability));
}

/** What a destination prints that waited for the first bytes of a connection until the source was given up. */
export function peekFailed(end: End): string | null {
  return end.say(PEEK_FAILED)?.text ?? null;
}

/** A line for each connection that is not needed, in releases that take those and close them. */
export function extraConnections(end: End, count: number): readonly string[] {
  const said = end.say(EXTRA_CONNECTION);
  return said ? Array<string>(Math.max(0, count)).fill(said.text) : [];
}

/** The main channel was closed before anything was written to it. */
export function emptyStream(end: End): readonly string[] {
  return loadErrorLines(end, loadError(end, "EINVAL", NOT_A_STREAM, 0, QEVM));
}

/** The part of RAM at which the main thread learns that a channel has failed. */
export function ramPart(pair: Pair, error: LoadError): LoadError {
  const id = ramSection(pair);
  return inSection(pair.destination, error, {
    kind: "part",
    id,
    idstr: "ram",
    instance: 0,
    version: 4,
    bare: true,
  });
}

/** A channel's error and that of the load which fails for it, as a release prints one of them or both. */
export function channelAndLoad(end: End, channel: string, load: LoadError): readonly string[] {
  const printed = end.value(PRINTED_ERROR);
  const own = printed === "load" ? [] : [channel];
  const last = printed === "first" ? [] : loadFailed(end, load.errno, load.reason);
  return [...load.printed, ...own, ...last];
}

/** What the reader of a channel says of a packet that is compressed otherwise. */
export function otherMethod(end: End, channel: number, flags: number, expected: number): string {
  return end.say(MULTIFD_METHOD, channel, flags, expected)?.text ?? "";
}
