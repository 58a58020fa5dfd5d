import type { Steps } from "../../../codec/layout/index.ts";
import { valueAt } from "../../facts/fact.ts";
import { GLOBAL_STATE_FIELDS, RUN_STATE_UNKNOWN, RUN_STATES } from "../../facts/qemu/stream/run-states.ts";
import { SUBSECTION_UNKNOWN } from "../../facts/qemu/stream/vmstate.ts";
import { refusal, report } from "../postcopy/refuse.ts";
import { terminated } from "../postcopy/terminated.ts";
import { bytes, number } from "../qemu-file.ts";
import type { Load, LoadFailure } from "./load.ts";
import { nextSubsection } from "./subsection.ts";
import { errnoOf, fieldCut, postLoadFailed, wrongVersion } from "./vmstate-failure.ts";

/** Its description. */
export const GLOBAL_STATE = { name: "globalstate", newest: 1, oldest: 1 };

/** What the guest was doing when it was saved. QEMU's vmstate_globalstate. */
export function* loadGlobalState(load: Load, version: number): Steps<LoadFailure | undefined> {
  const { file } = load;
  const wrong = wrongVersion(load, GLOBAL_STATE, version);
  if (wrong) return wrong;
  yield* number(file, 4, "globalstate.size");
  if (file.error) return fieldCut(load, "globalstate", "size");
  const { offset } = file.cursor;
  let runState = "";
  for (const [name, length] of valueAt(GLOBAL_STATE_FIELDS, load.host.peer.version, "later") ?? []) {
    const value = yield* bytes(file, length, `globalstate.${name}`);
    if (file.error) return fieldCut(load, "globalstate", name);
    // A name that fills its buffer loses its last byte.
    if (name === "runstate") runState = terminated(value.subarray(0, length - 1));
  }
  const subsection = yield* nextSubsection(file, "globalstate");
  if (subsection)
    return refusal(
      file,
      errnoOf(load, "ENOENT"),
      report(load, SUBSECTION_UNKNOWN, subsection.idstr, "globalstate"),
    );
  const known = valueAt(RUN_STATES, load.host.peer.version, "later") ?? [];
  if (known.includes(runState)) {
    load.runState = runState;
    return undefined;
  }
  report(load, RUN_STATE_UNKNOWN, runState);
  return { ...postLoadFailed(load, GLOBAL_STATE), offset, path: "globalstate.runstate" };
}
