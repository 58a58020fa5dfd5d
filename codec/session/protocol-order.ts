import type { Finding, Level } from "../formats/finding.ts";
import type { ReturnPathEvent } from "../formats/return-path/return-path-events.ts";
import type { StreamEvent } from "../formats/stream/qemu-events.ts";
import type { Channel, Place } from "./events.ts";

/** What the destination has been told of postcopy, by the command that said it last. */
type Stage =
  | "none"
  | "POSTCOPY_ADVISE"
  | "POSTCOPY_RAM_DISCARD"
  | "POSTCOPY_LISTEN"
  | "POSTCOPY_RUN"
  | "recovery connection"
  | "POSTCOPY_RESUME";

/** What a peer makes of a message out of order. */
type Effect = "refused" | "source-fails" | "ignored" | "never-sent";

interface Rule {
  readonly after: readonly Stage[];
  /** Stage that the message leads to, whether it was in order or not. */
  readonly leads?: Stage;
  readonly effect: Effect;
}

/** QEMU migration/savevm.c, loadvm_process_command() and loadvm_postcopy_handle_*(), 3.1 to 11.1. */
const COMMANDS: Readonly<Record<string, Rule>> = {
  POSTCOPY_ADVISE: { after: ["none"], leads: "POSTCOPY_ADVISE", effect: "refused" },
  POSTCOPY_RAM_DISCARD: {
    after: ["POSTCOPY_ADVISE", "POSTCOPY_RAM_DISCARD"],
    leads: "POSTCOPY_RAM_DISCARD",
    effect: "refused",
  },
  POSTCOPY_LISTEN: {
    after: ["POSTCOPY_ADVISE", "POSTCOPY_RAM_DISCARD"],
    leads: "POSTCOPY_LISTEN",
    effect: "refused",
  },
  POSTCOPY_RUN: { after: ["POSTCOPY_LISTEN"], leads: "POSTCOPY_RUN", effect: "refused" },
  RECV_BITMAP: { after: ["recovery connection"], effect: "never-sent" },
  POSTCOPY_RESUME: { after: ["recovery connection"], leads: "POSTCOPY_RESUME", effect: "ignored" },
};

/** QEMU migration/migration.c, source_return_path_thread() and what it calls, 3.0 to 11.1. */
const MESSAGES: Readonly<Record<string, Rule>> = {
  REQ_PAGES: { after: ["POSTCOPY_LISTEN", "POSTCOPY_RUN"], effect: "never-sent" },
  REQ_PAGES_ID: { after: ["POSTCOPY_LISTEN", "POSTCOPY_RUN"], effect: "never-sent" },
  RECV_BITMAP: { after: ["recovery connection", "POSTCOPY_RESUME"], effect: "source-fails" },
  RESUME_ACK: { after: ["POSTCOPY_RESUME"], leads: "POSTCOPY_RUN", effect: "ignored" },
};

/** Checks that commands and messages come when they may. Calls come in the order of the capture. */
export interface OrderChecker {
  stream(place: Place, event: StreamEvent): void;
  message(place: Place, event: ReturnPathEvent): void;
  opened(place: Place): void;
  ended(place: Place, how: "fin" | "rst" | "open", by: "source" | "destination" | null): void;
}

/** Different PING values and blocks kept; beyond them their answers are not checked. */
const MOST_AWAITED = 1024;
const MOST_HELD = 64;
const ERRORS: readonly Effect[] = ["refused", "source-fails"];

/**
 * Says nothing where it cannot be sure: after bytes that are missing or damaged, in a capture that began late, and of the
 * return path where nothing tells the time.
 */
export function createOrderChecker(find: (place: Place, finding: Finding) => void): OrderChecker {
  const pings = createAwaited();
  const bitmaps = createAwaited();
  /** What the order of both directions says, until it is certain that no bytes of main are missing. */
  const held: [Place, Finding][] = [];
  let main: Channel | undefined;
  let stage: Stage = "none";
  let unsure = false;
  let returnPath = false;
  let packaged = false;

  /** `found` is what came last, `expected` what should have; empty for a message that may come but once. */
  function violate(place: Place, message: string, expected: string, found: Stage, effect: Effect): void {
    const level: Level = ERRORS.includes(effect) ? "error" : "warning";
    const args = { message, expected, found: found === "none" ? "" : found, effect };
    const { offset } = place;
    const finding: Finding = { rule: "PROTOCOL_ORDER_KEPT", level, subject: "", offset, args };
    if (place.channel === main && place.offset > 0) tell(place, finding);
    else if (held.length < MOST_HELD) held.push([place, finding]);
  }

  function tell(place: Place, finding: Finding): void {
    unsure ||= place.channel.lost > 0 || (main?.lost ?? 0) > 0;
    if (!unsure) find(place, finding);
  }

  /** The reader of main looks ahead at times, so that the answer to a PING may seem to come before it. */
  function forgive(message: string): boolean {
    const at = held.findIndex(([, { args }]) => args.message === message);
    if (at >= 0) held.splice(at, 1);
    return at >= 0;
  }

  function tellHeld(): void {
    for (const [place, finding] of held.splice(0)) tell(place, finding);
  }

  function check(place: Place, name: string, rule: Rule): boolean {
    const kept = rule.after.includes(stage);
    const [expected = "none"] = rule.after;
    const found = stage;
    if (rule.leads) stage = rule.leads;
    if (!kept) violate(place, name, expected === "none" ? "" : expected, found, rule.effect);
    return kept;
  }

  function opened(place: Place): void {
    if (place.channel === main) return;
    const first = main === undefined;
    tellHeld();
    unsure ||= (main?.lost ?? 0) > 0 || place.channel.begins === "middle";
    main = place.channel;
    if (main.begins !== "recovery") return;
    unsure ||= first;
    if (stage !== "POSTCOPY_RUN" && stage !== "POSTCOPY_RESUME" && stage !== "recovery connection")
      violate(place, "recovery connection", "POSTCOPY_RUN", stage, "never-sent");
    stage = "recovery connection";
    returnPath = true;
    bitmaps.clear();
  }

  function command(place: Place, { name, value }: Extract<StreamEvent, { kind: "command" }>): void {
    const rule = COMMANDS[name];
    if (rule) check(place, name, rule);
    switch (name) {
      case "OPEN_RETURN_PATH":
        if (returnPath) violate(place, name, "", stage, "ignored");
        returnPath = true;
        break;
      case "PING":
        if (!returnPath) violate(place, `PING ${value}`, "OPEN_RETURN_PATH", stage, "refused");
        if (!forgive(`PONG ${value}`)) pings.add(`${value}`);
        break;
      case "PACKAGED":
        if (packaged) violate(place, name, "", stage, "never-sent");
        packaged = true;
        break;
      case "RECV_BITMAP":
        bitmaps.add(`${value}`);
    }
  }

  function reply(place: Place, event: Extract<ReturnPathEvent, { kind: "message" }>): void {
    const { name, value } = event;
    if (!returnPath) violate(place, name, "OPEN_RETURN_PATH", stage, "never-sent");
    returnPath = true;
    const rule = MESSAGES[name];
    const kept = rule ? check(place, name, rule) : true;
    if (name === "PONG" && value !== null && !pings.take(`${value}`))
      violate(place, `PONG ${value}`, `PING ${value}`, stage, "never-sent");
    if (name !== "RECV_BITMAP" || !kept || typeof event.value?.block !== "string") return;
    const { block } = event.value;
    if (!bitmaps.take(block)) violate(place, name, `RECV_BITMAP ${block}`, stage, "never-sent");
  }

  return {
    opened,
    stream(place, event) {
      opened(place);
      if (event.kind === "section") unsure ||= event.section.understood === "damaged";
      else if (event.kind === "end") unsure ||= event.reason === "error";
      else if (event.kind === "command") command(place, event);
    },
    message(place, event) {
      if (event.kind !== "message" || place.time === null || !main) return;
      const { connection } = place.channel;
      if (connection === main.connection) reply(place, event);
    },
    ended(place) {
      if (place.channel === main) tellHeld();
    },
  };
}

/** Things asked for that wait for their answers. */
function createAwaited() {
  const counts = new Map<string, number>();
  let full = false;
  return {
    add(key: string) {
      if (counts.size === MOST_AWAITED && !counts.has(key)) full = true;
      else counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    /** Whether it was asked for. */
    take(key: string): boolean {
      const count = counts.get(key);
      if (count === undefined) return full;
      if (count === 1) counts.delete(key);
      else counts.set(key, count - 1);
      return true;
    },
    clear: () => counts.clear(),
  };
}
