import type { Steps } from "../../layout/index.ts";
import {
  PONG,
  PongPayload,
  RECV_BITMAP_REPLY,
  REQ_PAGES,
  REQ_PAGES_ID,
  RESUME_ACK,
  RESUME_ACK_VALUE,
  RecvBitmapReply,
  ReqPagesIdPayload,
  ReqPagesPayload,
  ResumeAckPayload,
  SHUT,
  ShutPayload,
} from "./return-path.ts";
import type { PageRequest, ReturnPathMessage } from "./return-path-events.ts";
import { find, messagePath, type ReturnPath } from "./return-path-state.ts";

/** Smallest page size of any host: what requests are aligned to. */
const SMALLEST_PAGE = 4096;

type Value = ReturnPathMessage["value"] | string;

/** Reads the payload of a message of known type and length; of RECV_BITMAP, the name of the block. */
export function* readPayload(path: ReturnPath, type: number): Steps<Value> {
  const { cursor } = path;
  const offset = cursor.offset;
  const within = messagePath(path);
  switch (type) {
    case SHUT: {
      const { status } = yield* cursor.struct(ShutPayload, { within });
      if (status !== 0) find(path, "RETURN_PATH_SHUT_CLEAN", "error", offset, { status });
      return status;
    }
    case PONG:
      return (yield* cursor.struct(PongPayload, { within })).value;
    case REQ_PAGES: {
      const { start, length } = yield* cursor.struct(ReqPagesPayload, { within });
      const block = path.block ?? null;
      if (path.block === undefined)
        find(path, "RETURN_PATH_BLOCK_NAMED", "error", offset, { message: "REQ_PAGES" });
      return checkRequest(path, offset, { block, named: false, start: String(start), length });
    }
    case REQ_PAGES_ID: {
      const { start, length, block } = yield* cursor.struct(ReqPagesIdPayload, { within });
      if (block === "") find(path, "RETURN_PATH_BLOCK_NAMED", "error", offset, { message: "REQ_PAGES_ID" });
      path.block = block;
      return checkRequest(path, offset, { block, named: true, start: String(start), length });
    }
    case RECV_BITMAP_REPLY: {
      const { block } = yield* cursor.struct(RecvBitmapReply, { within });
      if (block === "") find(path, "RETURN_PATH_BLOCK_NAMED", "error", offset, { message: "RECV_BITMAP" });
      return block;
    }
    case RESUME_ACK: {
      const { value } = yield* cursor.struct(ResumeAckPayload, { within });
      if (value !== RESUME_ACK_VALUE)
        find(path, "RETURN_PATH_RESUME_ACCEPTED", "error", offset, {
          expected: RESUME_ACK_VALUE,
          found: value,
        });
      return value;
    }
    default:
      return null;
  }
}

function checkRequest(path: ReturnPath, offset: number, request: PageRequest): PageRequest {
  const { start, length } = request;
  const block = request.block ?? "?";
  const unit = Math.max(SMALLEST_PAGE, path.pageSize());
  if (length === 0 || length % unit !== 0 || BigInt(start) % BigInt(unit) !== 0n)
    find(path, "RETURN_PATH_REQUEST_ALIGNED", length === 0 ? "warning" : "error", offset, {
      block,
      start,
      length,
      expected: unit,
    });
  const pages = request.block === null ? undefined : path.pagesOf(request.block);
  if (pages === undefined) return request;
  const size = BigInt(pages) * BigInt(path.pageSize());
  if (BigInt(start) + BigInt(length) > size)
    find(path, "RETURN_PATH_REQUEST_IN_BLOCK", "error", offset, {
      block,
      start,
      length,
      expected: String(size),
    });
  return request;
}
