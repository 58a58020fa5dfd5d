import type { Steps } from "../../layout/index.ts";
import { type ChannelReader, drive } from "../channel-reader.ts";
import { untoldFindings } from "../finding-counts.ts";
import { readReceivedBitmap } from "./received-bitmap-reader.ts";
import { KEEPALIVE, RECV_BITMAP_REPLY, REQ_PAGES_ID, ReturnPathHeader, SHUT } from "./return-path.ts";
import type { ReturnPathEvent, ReturnPathMessage, ReturnPathSink } from "./return-path-events.ts";
import { type Fault, faultOf, nameOfType } from "./return-path-frame.ts";
import { readPayload } from "./return-path-message.ts";
import { resume } from "./return-path-resume.ts";
import {
  createReturnPath,
  find,
  messagePath,
  type ReturnPath,
  type ReturnPathOptions,
  reportCut,
  type Step,
  stepOver,
} from "./return-path-state.ts";

type End = Extract<ReturnPathEvent, { kind: "return-path-end" }>["reason"];

const HEADER = 4;
/** More than a message can have at hand when the input ends. */
const LONGEST_MESSAGE = 1 << 17;

/** Reads what the destination says to the source: one direction of one connection. */
export function createReturnPathReader(sink: ReturnPathSink, options: ReturnPathOptions = {}): ChannelReader {
  const path = createReturnPath(sink, options);
  return drive(path.cursor, readReturnPath(path));
}

function* readReturnPath(path: ReturnPath): Steps {
  let reason: End | undefined;
  while (reason === undefined) reason = yield* readNext(path);
  const { messages, cursor, sink } = path;
  sink.event({
    kind: "return-path-end",
    offset: cursor.offset,
    reason,
    messages,
    untold: untoldFindings(path.findings),
  });
}

function* readNext(path: ReturnPath): Steps<End | undefined> {
  const { cursor } = path;
  const have = yield* cursor.upTo(HEADER);
  const gap = cursor.lost > 0;
  if (have < HEADER && gap) return (yield* resume(path, 0)) ? undefined : "truncated";
  if (have === 0) return "eof";
  if (have < HEADER) yield* reportCut(path, "ReturnPathHeader", HEADER);
  const step = have < HEADER ? "cut" : yield* readMessage(path);
  if (step === "in step") return undefined;
  if (step === "cut") {
    yield* stepOver(path, yield* cursor.upTo(LONGEST_MESSAGE), "unread");
    return "truncated";
  }
  const missing = cursor.lost > 0;
  if (yield* resume(path, step === "misread" ? 1 : 0)) return undefined;
  return missing ? "truncated" : "error";
}

function* readMessage(path: ReturnPath): Steps<Step> {
  const { cursor } = path;
  const offset = cursor.offset;
  const type = cursor.view.getUint16(cursor.at);
  const length = cursor.view.getUint16(cursor.at + 2);
  const fault = yield* faultOf(path, type, length);
  if (path.shut) find(path, "RETURN_PATH_ENDS_WITH_SHUT", "note", offset, {});
  path.shut = false;
  if (fault) find(path, fault.rule, fault.level, offset, fault.args);
  if (fault?.framed === false) return "misread";
  if (type === KEEPALIVE) find(path, "RETURN_PATH_MESSAGE_RELEASED", "warning", offset, { type, length });
  const body = yield* readBody(path, type, length, fault);
  if (body === undefined) return "cut";
  let value: ReturnPathMessage["value"] = typeof body === "string" ? null : body;
  let step: Step = "in step";
  // With a fault, there may be no bitmap: the input may end here.
  if (type === RECV_BITMAP_REPLY && (!fault || (yield* cursor.upTo(8)) === 8)) {
    const bitmap = yield* readReceivedBitmap(path, typeof body === "string" ? body : null);
    ({ value, step } = bitmap);
  }
  const message = { kind: "message", offset, type, name: nameOfType(type), length, value };
  path.sink.event(message as ReturnPathMessage);
  path.messages++;
  path.shut = type === SHUT;
  return step;
}

/** Returns what the payload says, `null` if nothing or if that is missing, `undefined` if the input ends in it. */
function* readBody(
  path: ReturnPath,
  type: number,
  length: number,
  fault: Fault | undefined,
): Steps<ReturnPathMessage["value"] | string | undefined> {
  const { cursor } = path;
  const have = yield* cursor.upTo(HEADER + length);
  if (have === HEADER + length) {
    yield* cursor.struct(ReturnPathHeader, { within: messagePath(path) });
    if (!fault && type !== KEEPALIVE) return yield* readPayload(path, type);
    yield* stepOver(path, length, "payload");
  } else {
    if (cursor.lost === 0) {
      yield* reportCut(path, nameOfType(type), HEADER + length);
      return undefined;
    }
    const lost = Math.min(cursor.lost, HEADER + length - have);
    yield* cursor.struct(ReturnPathHeader, { within: messagePath(path) });
    const left = yield* stepOver(path, length, "payload");
    if (left > 0) {
      yield* reportCut(path, nameOfType(type), left);
      return undefined;
    }
    find(path, "RETURN_PATH_RESUMED", "note", cursor.offset, { lost, skipped: HEADER + length - lost });
  }
  if (type === REQ_PAGES_ID) path.block = null;
  return null;
}
