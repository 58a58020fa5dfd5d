import { DecodeError } from "../../layout/index.ts";
import {
  type DeviceDescription,
  deviceOf,
  pageSizeOf,
  type StateDescription,
  stateOf,
} from "./vmdesc-device.ts";
import {
  beginsValue,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  isSpace,
  type JsonValue,
  OPEN_BRACE,
  OPEN_BRACKET,
  parse,
  take,
  unfit,
  valueAt,
} from "./vmdesc-value.ts";

export type { DeviceDescription, FieldDescription, StateDescription } from "./vmdesc-device.ts";
export { MAX_DEVICE_NESTING, MAX_DEVICE_TEXT } from "./vmdesc-value.ts";

/** `offset` counts from the first byte of the JSON. */
export interface VmdescProblem {
  readonly offset: number;
  readonly expected: string;
  readonly found: string;
}

export interface VmdescSink {
  device(description: DeviceDescription): void;
  pageSize?(bytes: number): void;
  configuration?(description: StateDescription): void;
  problem(detail: VmdescProblem): void;
}

export interface VmdescReader {
  /** Takes the next bytes, which are only lent. */
  push(bytes: Uint8Array): void;
  /** Says that there are no more. */
  finish(): void;
}

/** A text with this many bad devices is not read to its end. */
export const MAX_BAD_DEVICES = 256;

/** Top-level members of interest that are taken whole. */
const KEPT: readonly string[] = ["page_size", "configuration"];

type Phase =
  | "start"
  | "first-name"
  | "name"
  | "colon"
  | "member"
  | "devices"
  | "first-device"
  | "device"
  | "after-device"
  | "after-member"
  | "done"
  | "failed";

/** What may stand between values: a separator, with the phase after it, or the beginning of a value. */
interface Rule {
  readonly expected: string;
  readonly next: Readonly<Record<number, Phase>>;
  readonly value?: true;
}

const GRAMMAR: Readonly<Record<Phase, Rule>> = {
  start: { expected: "{", next: { [OPEN_BRACE]: "first-name" } },
  "first-name": { expected: "a name or }", next: { [CLOSE_BRACE]: "done" }, value: true },
  name: { expected: "a name", next: {}, value: true },
  colon: { expected: ":", next: { [COLON]: "member" } },
  member: { expected: "a value", next: {}, value: true },
  devices: { expected: "[", next: { [OPEN_BRACKET]: "first-device" } },
  "first-device": { expected: "a device or ]", next: { [CLOSE_BRACKET]: "after-member" }, value: true },
  device: { expected: "a device", next: {}, value: true },
  "after-device": { expected: ", or ]", next: { [COMMA]: "device", [CLOSE_BRACKET]: "after-member" } },
  "after-member": { expected: ", or }", next: { [COMMA]: "name", [CLOSE_BRACE]: "done" } },
  done: { expected: "the end", next: {} },
  failed: { expected: "nothing", next: {} },
};

/**
 * Splits the JSON text of a VMDESCRIPTION into devices as it arrives, holding one device at a time. Never throws on bad
 * text: a device that cannot be understood is a problem and is skipped; a text whose structure is lost, or which ends
 * too early, is a problem and ends the reading.
 *
 * Origin: QEMU migration/savevm.c, qemu_savevm_state_complete_precopy_non_iterable(), 2.3 to 11.1.
 */
export function createVmdescReader(sink: VmdescSink): VmdescReader {
  let phase: Phase = "start";
  let offset = 0;
  let member = "";
  let value: JsonValue | undefined;
  let bad = 0;

  function fail(at: number, expected: string, found: string): void {
    phase = "failed";
    value = undefined;
    sink.problem({ offset: at, expected, found });
  }

  function accept<T>(text: JsonValue, check: (json: unknown) => T, deliver: (checked: T) => void): void {
    let checked: T;
    try {
      checked = check(parse(text));
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      sink.problem({
        offset: text.start,
        expected: `${error.path} as ${error.expected}`,
        found: `${error.found}`,
      });
      bad += 1;
      if (bad === MAX_BAD_DEVICES) fail(text.start, `fewer than ${MAX_BAD_DEVICES} problems`, `${bad}`);
      return;
    }
    deliver(checked);
  }

  function endValue(text: JsonValue): void {
    if (phase === "first-device" || phase === "device") {
      phase = "after-device";
      accept(text, deviceOf, (device) => sink.device(device));
    } else if (phase === "member") {
      phase = "after-member";
      if (member === "page_size") accept(text, pageSizeOf, (bytes) => sink.pageSize?.(bytes));
      if (member === "configuration") accept(text, configurationOf, (state) => sink.configuration?.(state));
    } else {
      phase = "colon";
      member = "";
      accept(text, nameOf, (name) => {
        member = name;
      });
    }
  }

  /** Looks at a byte between values. Says if it is used up: the first byte of a value is the value's. */
  function step(byte: number, at: number): boolean {
    if (isSpace(byte)) return true;
    if (phase === "member" && member === "devices") phase = "devices";
    const { expected, next, value: mayBegin } = GRAMMAR[phase];
    const after = next[byte];
    if (after !== undefined) phase = after;
    else if (mayBegin && beginsValue(byte)) value = valueAt(at, phase !== "member" || KEPT.includes(member));
    else fail(at, expected, `0x${byte.toString(16).padStart(2, "0")}`);
    return value === undefined;
  }

  return {
    push(bytes) {
      let at = 0;
      while (at < bytes.length && phase !== "failed") {
        if (value === undefined) {
          if (step(bytes[at] ?? 0, offset + at)) at += 1;
          continue;
        }
        at = take(value, bytes, at);
        if (!value.ended) continue;
        const text = value;
        value = undefined;
        endValue(text);
      }
      offset += bytes.length;
    },
    finish() {
      if (phase !== "done" && phase !== "failed")
        fail(offset, value ? "the rest of a value" : GRAMMAR[phase].expected, "the end");
    },
  };
}

function nameOf(json: unknown): string {
  if (typeof json === "string") return json;
  throw unfit("a string", typeof json);
}

function configurationOf(json: unknown): StateDescription {
  return stateOf(json, "configuration");
}
