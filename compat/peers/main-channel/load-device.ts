import { BOUNDARY_LENGTH, isFooter, isNext } from "../../../codec/formats/stream/qemu-boundary.ts";
import { SECTION_FOOTER } from "../../../codec/formats/stream/qemu-file.ts";
import type { Steps } from "../../../codec/layout/index.ts";
import { refusal, unsure } from "../postcopy/refuse.ts";
import { findState } from "./known-states.ts";
import type { Load, LoadedSection, LoadFailure } from "./load.ts";
import { isBare, isX86 } from "./machine-type.ts";
import { errnoOf, wrongVersion } from "./vmstate-failure.ts";

/** Stands for what QEMU says of the field of a device that fails: its fields are not modelled. */
const UNTOLD = "…";

/** The state of a device is not read, only stepped over: to what can only be its footer and what follows one. */
export function* loadDevice(load: Load, section: LoadedSection): Steps<LoadFailure | undefined> {
  const { file, sections, host } = load;
  const { cursor } = file;
  const { idstr, instance, version, id } = section;
  const state = findState(load, idstr, instance);
  if (typeof state === "object") {
    const name = idstr.slice(idstr.lastIndexOf("/") + 1);
    const wrong = wrongVersion(load, { name, ...state }, version);
    if (wrong) return wrong;
  }
  file.offset = cursor.offset;
  file.path = idstr;
  const start = cursor.offset;
  // No device of x86 is without any state.
  const x86 = isX86(host.peer.machine ?? load.receivedMachine);
  const bare = isBare(host.peer.machine);
  let strange = false;
  while (true) {
    if ((yield* cursor.upTo(1)) === 0) break;
    if (!bare) {
      const next = cursor.bytes.indexOf(SECTION_FOOTER, cursor.at);
      cursor.at = next < 0 || next > cursor.end ? cursor.end : next;
      if (cursor.at === cursor.end) continue;
    }
    const have = yield* cursor.upTo(BOUNDARY_LENGTH);
    const end = cursor.at + have;
    const found = bare
      ? isNext(sections, cursor.view, cursor.at, end, false)
      : isFooter(id, cursor.view, cursor.at, end, sections);
    if (found && (cursor.offset > start || !x86)) return undefined;
    strange ||= !bare && isFooter(undefined, cursor.view, cursor.at, end, sections);
    cursor.at++;
  }
  file.error = "EIO";
  if (strange) return unsure(file, `the state of ${idstr} does not end in its footer, but others follow`);
  host.print(UNTOLD);
  return refusal(file, errnoOf(load, "EIO"), UNTOLD);
}
