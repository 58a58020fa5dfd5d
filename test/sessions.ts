import type { CaptureLimits } from "../codec/capture/events.ts";
import { createZlibInflater, inflatePage, zstdInflaters } from "../codec/formats/inflate.ts";
import { createCaptureReader, type SessionEvent } from "../codec/index.ts";
import { createSession, type Session } from "../codec/session/session.ts";
import { createSessionSummariser, type SessionSummary } from "../codec/session/session-summary.ts";
import { line } from "./told.ts";

export interface ToldSession extends SessionSummary {
  readonly events: readonly SessionEvent[];
  /** `channel level RULE`, in the order they were told. */
  readonly remarks: readonly string[];
}

/** Runs a session and gathers what it told. */
export function tell(run: (session: Session) => void): ToldSession {
  const summariser = createSessionSummariser();
  const events: SessionEvent[] = [];
  const remarks: string[] = [];
  const event = (told: SessionEvent) => {
    events.push(told);
    summariser.event(told);
    if (told.kind === "finding")
      remarks.push(`${told.channel?.index ?? "-"} ${told.finding.level} ${told.finding.rule}`);
  };
  const inflaters = { zlib: createZlibInflater, zstd: zstdInflaters() };
  const session = createSession({ event }, { inflatePage, inflaters });
  run(session);
  session.finish();
  return { ...summariser.summary(), events, remarks };
}

/** Reads a whole capture. */
export function tellCapture(
  data: Uint8Array,
  chunk = 1 << 16,
  limits: Partial<CaptureLimits> = {},
): ToldSession {
  return tell((session) => {
    const reader = createCaptureReader(session.capture, limits);
    for (let at = 0; at < data.length; at += chunk) {
      const piece = data.slice(at, at + chunk);
      reader.push(piece);
      piece.fill(0x7e);
    }
    reader.finish();
  });
}

/** A summary as text, without the events. */
export function shown({ events: _, ...summary }: ToldSession): string {
  return line(summary);
}
