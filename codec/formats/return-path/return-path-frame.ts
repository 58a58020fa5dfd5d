import type { Steps } from "../../layout/index.ts";
import type { FindingRule, Level } from "../finding.ts";
import {
  LONGEST_RETURN_PATH_PAYLOAD,
  RECV_BITMAP_REPLY,
  REQ_PAGES_ID,
  RETURN_PATH_LENGTH,
  ReturnPathType,
} from "./return-path.ts";
import type { ReturnPath } from "./return-path-state.ts";

const HEADER = 4;
/** Bytes of REQ_PAGES_ID in front of its name. */
const BEFORE_NAME = 13;
/** Types that a later release may add: no release is near it, and damage mostly is beyond. */
const LIKELY_TYPES = 0xff;

/** What is wrong with a header, for a finding, and whether the message may all the same end where it says. */
export interface Fault {
  readonly rule: FindingRule;
  readonly level: Level;
  readonly args: Readonly<Record<string, string | number>>;
  readonly framed: boolean;
}

type KnownName = (typeof ReturnPathType)[keyof typeof ReturnPathType]["name"];

/** The name of a message type, as in QEMU, or made of its number. */
export function nameOfType(type: number): KnownName | `UNKNOWN_${number}` {
  return Object.hasOwn(ReturnPathType, type)
    ? ReturnPathType[type as keyof typeof ReturnPathType].name
    : `UNKNOWN_${type}`;
}

/** Looks at the header at the cursor, and as far behind it as that takes. */
export function* faultOf(path: ReturnPath, type: number, length: number): Steps<Fault | undefined> {
  const known = Object.hasOwn(ReturnPathType, type);
  const fits = length <= LONGEST_RETURN_PATH_PAYLOAD;
  const fault = known
    ? yield* lengthFault(path, type, length)
    : ({ rule: "RETURN_PATH_MESSAGE_KNOWN", level: "error", args: { type, length } } as const);
  if (!fault) return undefined;
  const likely = !known && fits && type > 0 && type <= LIKELY_TYPES;
  return { ...fault, framed: likely || (yield* leadsOn(path, type, length)) };
}

function* lengthFault(
  path: ReturnPath,
  type: number,
  found: number,
): Steps<Omit<Fault, "framed"> | undefined> {
  const message = nameOfType(type);
  const wrong = (rule: FindingRule, expected: number, level: Level = "error") => ({
    rule,
    level,
    args: { message, expected, found },
  });
  const fixed = RETURN_PATH_LENGTH[type];
  if (fixed !== undefined && fixed !== found) return wrong("RETURN_PATH_LENGTH_FIXED", fixed);
  if (found > LONGEST_RETURN_PATH_PAYLOAD)
    return wrong("RETURN_PATH_LENGTH_BOUNDED", LONGEST_RETURN_PATH_PAYLOAD);
  const before = type === REQ_PAGES_ID ? BEFORE_NAME : type === RECV_BITMAP_REPLY ? 1 : 0;
  if (before === 0) return undefined;
  if (found < before) return wrong("RETURN_PATH_LENGTH_EXACT", before);
  const have = yield* path.cursor.upTo(HEADER + before);
  if (have < HEADER + before) return undefined;
  const exact = before + path.cursor.view.getUint8(path.cursor.at + HEADER + before - 1);
  // A source does not look at what stands behind the name in RECV_BITMAP.
  const harmless = type === RECV_BITMAP_REPLY && exact < found;
  return exact === found
    ? undefined
    : wrong("RETURN_PATH_LENGTH_EXACT", exact, harmless ? "warning" : "error");
}

/** Whether a message like those that exist begins where this one says that it ends, or the input ends there. */
function* leadsOn({ cursor }: ReturnPath, type: number, length: number): Steps<boolean> {
  const size = HEADER + length;
  const have = yield* cursor.upTo(size + HEADER);
  if (have < size) return false;
  if (have < size + HEADER) return true;
  const at = cursor.at + size;
  if (type === RECV_BITMAP_REPLY) return cursor.view.getUint32(at) === 0;
  const next = cursor.view.getUint16(at);
  return next > 0 && next <= LIKELY_TYPES && cursor.view.getUint16(at + 2) <= LONGEST_RETURN_PATH_PAYLOAD;
}
