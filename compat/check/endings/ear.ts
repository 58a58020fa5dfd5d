import { RETURN_PATH_END_UNSEEN } from "../../facts/qemu/errata/errata-return-path.ts";
import { RETURN_PATH } from "../../facts/qemu/settings/capabilities.ts";
import type { Pair } from "../end.ts";
import { isHeard } from "./source-loses.ts";

/** How a source learns of a destination that fails at the very end, or what keeps it from learning. */
export type Ear =
  /** Over its return path. */
  | "hears"
  /** Over its return path, which it may find ended without looking why. */
  | "may-hear"
  /** It would with the capability return-path. */
  | "deaf"
  /** It might with the capability return-path. */
  | "hard-of-hearing"
  /** No answer comes over this transport, or its release does not ask for one. */
  | "cut-off"
  /** It was done before the destination started. */
  | "saved"
  /** Postcopy has begun, with the guest stopped. */
  | "postcopy";

/** How the source of a pair would learn of it. */
export function earOf(pair: Pair): Ear {
  const { source, mode, transport } = pair;
  if (mode === "save-and-restore") return "saved";
  if (mode !== "precopy" && source.has("postcopy-ram")) return "postcopy";
  const unsure = source.value(RETURN_PATH_END_UNSEEN) !== undefined;
  if (isHeard(pair)) return unsure ? "may-hear" : "hears";
  if (transport === "exec" || transport === "file" || source.value(RETURN_PATH) === undefined)
    return "cut-off";
  return unsure ? "hard-of-hearing" : "deaf";
}
