import { describe, expect, it } from "vitest";
import { loadSession, type SessionCapture, sessionCaptures } from "../../test/session-captures.ts";
import { createCaptureReader } from "../capture/capture-reader.ts";
import type { FindingRule } from "../formats/finding.ts";
import type { PostcopySummary } from "./postcopy.ts";
import { createSession } from "./session.ts";
import type { StateChange } from "./states.ts";

// What real sources and destinations said of themselves while they were recorded.

const recordings = sessionCaptures.filter(({ events }) => events !== undefined);

/** States that are not on the wire, or that only newer releases have a name for. */
const UNSEEN: Readonly<Record<StateChange["side"], (release: number) => readonly string[]>> = {
  source: (release) => ["postcopy-recover-setup", ...(release < 10 ? ["device"] : [])],
  destination: (release) => (release < 10.2 ? ["postcopy-device"] : []),
};

function statesOf(states: readonly string[]): string[] {
  // Up to 8.1 a destination says so again when it gets ready to be recovered.
  return states.filter((state, i) => state !== "setup" || i === 0);
}

/** Bytes that the capture lacks, a beginning it lacks, an end that nobody tells: what the wire shows instead. */
const OTHERWISE: Readonly<Record<string, Partial<Record<StateChange["side"], string>>>> = {
  "tcp-precopy.pcap.gz": { destination: "setup active" },
  "tcp-failed-missing-device.pcap.gz": { destination: "setup active failed" },
  "tcp-late-start.pcap.gz": { source: "active device completed", destination: "active completed" },
  "tcp-multifd-snaplen96.pcap.gz": { source: "setup completed", destination: "setup active completed" },
};

function read(recording: SessionCapture) {
  const changes: StateChange[] = [];
  const rules: FindingRule[] = [];
  let postcopy: PostcopySummary | null = null;
  const session = createSession({
    event(event) {
      if (event.kind === "state") changes.push(event.change);
      else if (event.kind === "finding") rules.push(event.finding.rule);
      else if (event.kind === "migration-end") postcopy = event.postcopy;
    },
  });
  const capture = createCaptureReader(session.capture);
  capture.push(loadSession(recording));
  capture.finish();
  session.finish();
  return { changes, rules, postcopy: postcopy as PostcopySummary | null };
}

describe("recordings", () => {
  it("are many", () => {
    expect(recordings.length).toBeGreaterThan(20);
  });
});

describe.each(recordings)("recording $file", (recording) => {
  const { changes, rules, postcopy } = read(recording);

  it.each(["source", "destination"] as const)("goes through the states the %s went through", (side) => {
    const unseen = UNSEEN[side](Number.parseFloat(recording[side]));
    const shown = changes.filter((change) => change.side === side).map(({ state }) => state as string);
    const otherwise = OTHERWISE[recording.file]?.[side];
    const expected =
      otherwise?.split(" ") ??
      statesOf(recording.events?.[side] ?? []).filter((state) => !unseen.includes(state));
    const hidden = otherwise === undefined ? unseen : [];
    expect(shown.filter((state) => !hidden.includes(state))).toEqual(expected);
  });

  it("keeps the order, and answers what is asked for", () => {
    expect(rules).not.toContain("PROTOCOL_ORDER_KEPT");
    expect(rules).not.toContain("POSTCOPY_REQUESTS_ANSWERED");
    const counted = recording.postcopyRequests ?? 0;
    expect(postcopy?.requests.messages ?? 0).toBe(counted);
    expect(postcopy?.requests).toEqual(
      postcopy ? { ...postcopy.requests, unanswered: 0, untracked: 0 } : undefined,
    );
  });

  it("sends each discarded page once, and after a pause what is missing", () => {
    if (!postcopy?.run) return;
    const { pages, discards, recoveries, pagesSentTwice, pauses } = postcopy;
    expect(pages.main + pages.preempt + pages.recovery).toBe(Number(discards.bytes) / 4096);
    expect(pagesSentTwice).toBe(0);
    expect(pauses).toHaveLength(recording.file.includes("recovery") ? 1 : 0);
    expect(recoveries).toHaveLength(pauses.length);
    for (const { bitmaps, requestedBitmaps, pagesSent, acknowledgedAt } of recoveries) {
      expect(bitmaps).toHaveLength(requestedBitmaps);
      expect(bitmaps.reduce((sum, { missing }) => sum + missing, 0)).toBe(pagesSent);
      expect(acknowledgedAt).not.toBeNull();
    }
  });
});
