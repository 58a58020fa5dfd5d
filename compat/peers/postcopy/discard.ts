import type { Steps } from "../../../codec/layout/index.ts";
import type { ErrorText } from "../../facts/error-text.ts";
import { type Fact, valueAt } from "../../facts/fact.ts";
import type { PrintfValue } from "../../facts/printf.ts";
import * as errors from "../../facts/qemu/postcopy/postcopy-discard.ts";
import type { Load, LoadFailure } from "../main-channel/load.ts";
import { PAGE_SIZE } from "../page-size.ts";
import { bytes, number, number64, type QemuFile } from "../qemu-file.ts";
import { findBlock } from "./find-block.ts";
import { stateNumber, stateSeen } from "./postcopy-state.ts";
import { forgetReceived } from "./received.ts";
import { ADDRESS, crash, refuse, report, unsure } from "./refuse.ts";
import { terminated } from "./terminated.ts";

/** Version, length of the name, a name of one byte, NUL, one range. */
const SHORTEST = 20;

/** Bytes behind a block whose bits can be cleared without anybody noticing: eight pages of bits. */
const CLEARED_UNSEEN = 2n ** 30n;

/** Bytes behind a block whose bits lie where no memory is any more. */
const CLEARED_AT_LARGE = 2n ** 44n;

const SIGSEGV = 11;

/** POSTCOPY_RAM_DISCARD. */
export function* readDiscard(load: Load, file: QemuFile, length: number): Steps<LoadFailure | undefined> {
  if (load.postcopy === "advise") load.postcopy = "discard";
  if (load.postcopy !== "discard")
    return refuse(load, file, "EPERM", errors.DISCARD_STATE, stateNumber(stateSeen(load, load.postcopy)));
  if (length < SHORTEST) return refuse(load, file, "EPERM", errors.DISCARD_LENGTH, length);
  const version = yield* number(file, 1, "DiscardHeader.version");
  if (version !== 0) return refuse(load, file, "EPERM", errors.DISCARD_VERSION, version);
  const nameLength = yield* number(file, 1, "DiscardHeader.nameLength");
  const name = yield* bytes(file, nameLength, "DiscardHeader.block");
  if (nameLength === 0 || name.length < nameLength) return refuse(load, file, "EPERM", errors.DISCARD_NAME);
  const block = terminated(name);
  const nil = yield* number(file, 1, "DiscardHeader.terminator");
  if (nil !== 0) return refuse(load, file, "EPERM", errors.DISCARD_NIL, nil);
  // QEMU counts in 16 bits and by the name up to its first NUL.
  let left = (length - 3 - block.length + 0x10000) % 0x10000;
  if (left % 16 !== 0) return refuse(load, file, "EPERM", errors.DISCARD_LENGTH, left);
  for (; left > 0; left -= 16) {
    const start = yield* number64(file, "DiscardRange.start");
    const count = yield* number64(file, "DiscardRange.length");
    const failure = discardRange(load, file, block, start, count);
    if (failure) return failure;
  }
  return undefined;
}

/** QEMU's ram_discard_range(). Why a range cannot be dropped is printed. */
function discardRange(
  load: Load,
  file: QemuFile,
  idstr: string,
  start: bigint,
  length: bigint,
): LoadFailure | undefined {
  const refused = (chapters: readonly Fact<ErrorText>[], ...values: PrintfValue[]) => {
    report(load, chapters, ...values);
    return refuse(load, file, "EPERM", errors.DISCARD_FAILED, idstr, -1);
  };
  const block = findBlock(load, idstr);
  if (!block) return refused(errors.DISCARD_UNKNOWN_BLOCK, idstr);
  const behind = start + length - BigInt(block.length ?? 0);
  const clears = valueAt(errors.DISCARD_CLEARS_FIRST, load.host.peer.version, "later");
  const size = block.length;
  if (clears && behind > CLEARED_AT_LARGE) return crash(file, SIGSEGV);
  if (clears && size !== null && behind > CLEARED_UNSEEN)
    return unsure(file, "QEMU clears memory far behind its bitmap of received pages");
  const page = BigInt(PAGE_SIZE);
  if (start % page !== 0n) return refused(errors.DISCARD_UNALIGNED_START, ADDRESS);
  if (size !== null && BigInt.asUintN(64, start + length) > BigInt(size))
    return refused(errors.DISCARD_OVERRUN, idstr, start, length, size);
  if (length % page !== 0n) return refused(errors.DISCARD_UNALIGNED_END, length);
  forgetReceived(load, idstr, Number(start), Number(length));
  return undefined;
}
