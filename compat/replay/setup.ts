import type { ChannelSummary, StreamSummary } from "../../codec/index.ts";
import type { PeerOptions } from "../peers/peer.ts";

/** What of a channel tells how the other side was set up. */
export type SetupChannel = Pick<ChannelSummary, "role"> & Partial<ChannelSummary>;

/**
 * How the peer of a migration was set up, as far as what was sent tells: replayed to another release, the same settings are
 * what an operator would give it.
 */
export function setupOf(channels: readonly SetupChannel[]): PeerOptions {
  const streams = channels.flatMap(({ role, stream }) => (role === "main" && stream ? [stream] : []));
  const first = streams.find(({ machine }) => machine !== null) ?? streams[0];
  const multifd = channels.filter(({ role }) => role === "multifd");
  const names = new Set(streams.flatMap((stream) => capabilitiesOf(stream)));
  if (multifd.length > 0) names.add("multifd");
  if (channels.some(({ role }) => role === "postcopy-preempt"))
    names.add("postcopy-preempt").add("postcopy-ram");
  if (channels.some(({ role }) => role === "return-path")) names.add("return-path");
  const nodes = [...new Set(streams.flatMap(({ bitmaps }) => bitmaps.map(({ node }) => node)))];
  const pageSizes = Object.fromEntries(
    (first?.ram?.blocks ?? []).flatMap(({ idstr, pageSize }) => (pageSize ? [[idstr, pageSize]] : [])),
  );
  const uuid = first?.configuration.uuid ?? multifd.find(({ init }) => init)?.init?.uuid;
  return {
    ...machineOf(first),
    capabilities: Object.fromEntries([...names].map((name) => [name, true])),
    parameters: parametersOf(multifd),
    ...(uuid ? { uuid } : {}),
    ...(Object.keys(pageSizes).length > 0 ? { pageSizes } : {}),
    ...(nodes.length > 0 ? { nodes: nodes.map((node) => ({ node })) } : {}),
  };
}

/** A PC that names no machine type is of one that has no configuration section, or neither that nor a description. */
function machineOf(stream: StreamSummary | undefined): PeerOptions {
  if (stream?.machine) return { machine: stream.machine };
  const isBarePc = stream?.version && stream.ram?.blocks.some(({ idstr }) => idstr === "pc.bios");
  return isBarePc ? { machine: stream.vmdesc ? "pc-i440fx-2.3" : "pc-i440fx-2.2" } : {};
}

function capabilitiesOf({ configuration, commands, ram, bitmaps }: StreamSummary): string[] {
  const advised = commands.some(({ command, length }) => command === "POSTCOPY_ADVISE" && length > 0);
  return [
    ...configuration.capabilities,
    ...(configuration.uuid === null ? [] : ["validate-uuid"]),
    ...(advised ? ["postcopy-ram"] : []),
    ...((ram?.pages.compressed ?? 0) > 0 ? ["compress"] : []),
    ...(bitmaps.length > 0 ? ["dirty-bitmaps"] : []),
  ];
}

function parametersOf(multifd: readonly SetupChannel[]): Readonly<Record<string, unknown>> {
  if (multifd.length === 0) return {};
  const used = multifd
    .map(({ compression }) => compression)
    .find((one) => one !== undefined && one !== "none");
  return {
    "multifd-channels": multifd.length,
    ...(used === undefined || used === "mixed" ? {} : { "multifd-compression": used }),
  };
}
