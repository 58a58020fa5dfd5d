import type { Steps } from "../../../codec/layout/index.ts";
import { negative } from "../../errno.ts";
import { valueAt } from "../../facts/fact.ts";
import { END_NOTICED } from "../../facts/qemu/stream/file.ts";
import * as texts from "../../facts/qemu/stream/sections.ts";
import { refuse } from "../postcopy/refuse.ts";
import { number } from "../qemu-file.ts";
import { int32, within } from "./failure.ts";
import { deviceOf, type Load, type LoadedSection, type LoadFailure } from "./load.ts";
import { loadFooter } from "./load-footer.ts";
import { loadState } from "./load-state.ts";
import { isX86 } from "./machine-type.ts";

/** A PART or END section behind its type byte. QEMU's qemu_loadvm_section_part_end(). */
export function* loadPart(load: Load, kind: "part" | "end"): Steps<LoadFailure | undefined> {
  const { file } = load;
  const { version: release } = load.host.peer;
  const id = yield* number(file, 4, "SectionPartHeader.sectionId");
  if (file.error && valueAt(END_NOTICED, release, "later"))
    return refuse(load, file, "EIO", texts.PART_UNREADABLE, negative("EIO"));
  const begun = load.sections.get(id) ?? (id === 0 ? firstState(load) : undefined);
  if (!begun) return refuse(load, file, "EINVAL", texts.PART_UNKNOWN, int32(id));
  const section = { ...begun, kind };
  const failure = yield* loadState(load, section);
  if (failure) return within(load, failure, texts.PART_FAILED, int32(id), section.idstr);
  return yield* loadFooter(load, section);
}

/** Where ids belong to devices, those that were not loaded yet have id 0, and the first of them is taken. */
function firstState({ ids, host: { peer } }: Load): LoadedSection | undefined {
  const idstr = valueAt(texts.FIRST_STATE, peer.version, "later");
  if (idstr === undefined || !isX86(peer.machine)) return undefined;
  const first: LoadedSection = { kind: "part", id: 0, idstr, instance: 0, version: 0 };
  return ids.has(deviceOf(first)) ? undefined : first;
}
