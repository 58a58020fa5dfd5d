import { labelsOf } from "./channel-label.ts";
import type { Remark } from "./findings.ts";
import type { SessionReading } from "./read-session.ts";

/** The findings of a session with their channels, and what people call those. */
export function remarksOf(
  { findings, channels, multifdIds }: SessionReading,
  labels: ReadonlyMap<number, string> = labelsOf(
    new Map(
      channels.map((channel) => [channel.index, { ...channel, id: multifdIds.get(channel.index) ?? null }]),
    ),
  ),
): readonly Remark[] {
  return findings.map(({ channel, finding }) => {
    if (!channel) return { finding, channel: null };
    const label = channel.name ?? labels.get(channel.index) ?? `#${channel.index}`;
    return { finding, channel: channel.index, label };
  });
}
