import { negative } from "../../errno.ts";
import { valueAt } from "../../facts/fact.ts";
import { ERRNO_LOST } from "../../facts/qemu/stream/file.ts";
import * as texts from "../../facts/qemu/stream/vmstate.ts";
import { refusal, refuse, report } from "../postcopy/refuse.ts";
import type { Errno, Load, Refusal } from "./load.ts";

/** The state that a description of QEMU's defines: its name and versions. */
export interface Description {
  readonly name: string;
  readonly newest: number;
  readonly oldest: number;
}

/** State of a version that is not read. */
export function wrongVersion(load: Load, state: Description, version: number): Refusal | undefined {
  const { name, newest, oldest } = state;
  if (version > newest) return refuse(load, load.file, "EINVAL", texts.TOO_NEW, name, version, newest);
  if (version < oldest) return refuse(load, load.file, "EINVAL", texts.TOO_OLD, name, version, oldest);
  return undefined;
}

/** The input ended before a field of some state was whole. */
export function fieldCut(load: Load, state: string, field: string): Refusal {
  report(load, texts.FIELD_PRINTED, state, field);
  return refusal(load.file, errnoOf(load, "EIO"), report(load, texts.STREAM_ENDED, state, negative("EIO")));
}

/** A field was read whole and its type refuses it; why was told before, or is `reason`. */
export function fieldRefused(
  load: Load,
  state: string,
  field: string,
  type: string,
  reason: string,
): Refusal {
  const told = reason || report(load, texts.ELEMENT_REFUSED, type, field, negative("EINVAL"));
  report(load, texts.FIELD_PRINTED, state, field);
  return refusal(load.file, "EINVAL", told);
}

/** What stands behind the fields is refused by a check that printed why, or told it: `reason`. */
export function postLoadFailed(load: Load, state: Description, reason = ""): Refusal {
  const { name, newest, oldest } = state;
  if (reason === "")
    return refuse(
      load,
      load.file,
      "EINVAL",
      texts.POST_LOAD_FAILED,
      name,
      newest,
      oldest,
      negative("EINVAL"),
    );
  return refusal(
    load.file,
    "EINVAL",
    `${report(load, texts.POST_LOAD_PREFIX, name, newest, oldest)}: ${reason}`,
  );
}

/** The errno with which state that has a description fails. */
export function errnoOf(load: Load, errno: Errno): Errno {
  return valueAt(ERRNO_LOST, load.host.peer.version, "later") ? "EINVAL" : errno;
}
