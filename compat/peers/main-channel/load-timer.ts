import type { Steps } from "../../../codec/layout/index.ts";
import { valueAt } from "../../facts/fact.ts";
import { SUBSECTION_UNKNOWN, TIMER_FIELDS, TIMER_SUBSECTIONS } from "../../facts/qemu/stream/vmstate.ts";
import { refusal, report } from "../postcopy/refuse.ts";
import { bytes } from "../qemu-file.ts";
import type { Load, LoadedSection, LoadFailure } from "./load.ts";
import { loadDevice } from "./load-device.ts";
import { nextSubsection } from "./subsection.ts";
import { errnoOf, fieldCut, wrongVersion } from "./vmstate-failure.ts";

const TIMER = { name: "timer", newest: 2, oldest: 1 };

/** The clock: every guest has it, and it is read field by field. QEMU's vmstate_timers. */
export function* loadTimer(load: Load, section: LoadedSection): Steps<LoadFailure | undefined> {
  const { file, host } = load;
  const wrong = wrongVersion(load, TIMER, section.version);
  if (wrong) return wrong;
  for (const [name, length, since] of valueAt(TIMER_FIELDS, host.peer.version, "later") ?? []) {
    if (since > section.version) continue;
    yield* bytes(file, length, `timer.${name}`);
    if (file.error) return fieldCut(load, "timer", name);
  }
  const subsection = yield* nextSubsection(file, "timer");
  if (!subsection) return undefined;
  const known = valueAt(TIMER_SUBSECTIONS, host.peer.version, "later") ?? [];
  if (known.includes(subsection.idstr)) return yield* loadDevice(load, section);
  return refusal(file, errnoOf(load, "ENOENT"), report(load, SUBSECTION_UNKNOWN, subsection.idstr, "timer"));
}
