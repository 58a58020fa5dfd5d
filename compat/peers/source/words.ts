import { ERRNOS } from "../../errno.ts";
import { type ErrorText, say } from "../../facts/error-text.ts";
import { type Fact, valueAt } from "../../facts/fact.ts";
import type { PrintfValue } from "../../facts/printf.ts";
import {
  CHANNEL_ERROR,
  PAUSED_TEXT,
  RAM_SECTION,
  SAVE_ENTRY_FAILED,
  SHUTDOWN_FAILED,
  WRITE_ERROR,
  WRITE_SETUP_ERROR,
} from "../../facts/qemu/return-path/source-errors.ts";
import { ERROR_DESC_ALWAYS } from "../../facts/qemu/return-path/source-states.ts";
import type { MigrationStatus } from "../ending.ts";
import type { Source } from "./state.ts";

/** How a source may end, or where it is; what it printed is in lines. */
export interface Ending {
  readonly status: MigrationStatus | null;
  readonly errorDesc: string | null;
  readonly lines: readonly string[];
  readonly exit: number | null;
}

/** One at least, the likeliest first. */
export type Endings = readonly [Ending, ...Ending[]];

/** What the errno says when a socket is written to. */
export const WRITE_ERRNO = {
  closedHere: ERRNOS.EBADF.text,
  closedThere: ERRNOS.EPIPE.text,
  reset: ERRNOS.ECONNRESET.text,
} as const;

const SHUTDOWN_ERRNO = { them: ERRNOS.ENOTCONN.text, us: ERRNOS.EBADF.text } as const;
const EIO = -5;

export function ending(
  status: MigrationStatus,
  errorDesc: string | null,
  lines: readonly (string | null)[],
): Ending {
  return { status, errorDesc, lines: lines.filter((line) => line !== null), exit: null };
}

/** A release's words, or null where it has none. */
export function words(
  { peer }: Source,
  chapters: readonly Fact<ErrorText>[],
  ...values: PrintfValue[]
): string | null {
  return say(chapters, peer.version, ...values)?.text ?? null;
}

/** The error of a failed write. */
export function writeError(source: Source, errno: keyof typeof WRITE_ERRNO): string | null {
  return words(source, WRITE_ERROR, WRITE_ERRNO[errno]);
}

/** The errors of a main channel whose other side has closed. */
export function writeErrors(source: Source): readonly string[] {
  const setup = source.phase === "precopy" ? words(source, WRITE_SETUP_ERROR) : null;
  return [writeError(source, "closedThere"), writeError(source, "reset"), setup].filter(
    (error) => error !== null,
  );
}

export function channelError(source: Source): string | null {
  return words(source, CHANNEL_ERROR);
}

/** The line of a RAM handler that could not write. */
export function entryLine(source: Source): string | null {
  const id = valueAt(RAM_SECTION, source.peer.version, "later") ?? 0;
  return words(source, SAVE_ENTRY_FAILED, id, "ram", EIO);
}

/** The line of a socket that cannot be shut down: the other side closed it, or the return path's reader did. */
export function shutdownLine(source: Source, by: "them" | "us"): string | null {
  return words(source, SHUTDOWN_FAILED, SHUTDOWN_ERRNO[by]);
}

/** A pause, behind these lines; `gone` if the other side has closed. */
export function paused(
  source: Source,
  error: string | null,
  lines: readonly (string | null)[],
  gone: boolean,
): Ending {
  const told = valueAt(ERROR_DESC_ALWAYS, source.peer.version, "later") ? error : null;
  const unshut = gone ? shutdownLine(source, "them") : null;
  const behind = [unshut, shutdownLine(source, "us"), words(source, PAUSED_TEXT)];
  return ending("postcopy-paused", told, [...lines, ...behind]);
}

export function failed(errorDesc: string | null, lines: readonly (string | null)[]): Ending {
  return ending("failed", errorDesc, lines);
}
