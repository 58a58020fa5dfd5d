import type { Channel } from "../codec/index.ts";

/** What labels go by; a channel of a document has all of it. */
export interface Labelled {
  readonly role: Channel["role"];
  readonly begins?: Channel["begins"];
  /** Of a multifd channel. */
  readonly id?: number | null;
  readonly name?: string | null;
  /** Of a capture; its number there. */
  readonly connection?: Channel["connection"] | number;
}

/**
 * A short name for each channel, each once: `main`, `multifd 0`, `return path`. Both directions of a TLS connection go by
 * its number.
 */
export function labelsOf(channels: ReadonlyMap<number, Labelled>): ReadonlyMap<number, string> {
  const plain = new Map([...channels].map(([index, channel]) => [index, labelOf(channel)]));
  const counts = new Map<string, number>();
  for (const [index, label] of plain)
    if (channels.get(index)?.role !== "tls") counts.set(label, (counts.get(label) ?? 0) + 1);
  return new Map(
    [...plain].map(([index, label]) => [index, (counts.get(label) ?? 0) > 1 ? `${label} #${index}` : label]),
  );
}

function labelOf({ role, begins, id, connection = null }: Labelled): string {
  if (role === "tls" && connection !== null)
    return `TLS ${typeof connection === "number" ? connection : connection.id}`;
  if (role === "main") return begins === "recovery" ? "recovery" : "main";
  if (role === "multifd") return typeof id === "number" ? `multifd ${id}` : "multifd";
  if (role === "postcopy-preempt") return "preempt";
  return role === "return-path" ? "return path" : role;
}
