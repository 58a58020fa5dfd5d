import type { Steps } from "../../../codec/layout/index.ts";
import { negative } from "../../errno.ts";
import { valueAt } from "../../facts/fact.ts";
import { END_NOTICED } from "../../facts/qemu/stream/file.ts";
import { REGISTERED_FIRST } from "../../facts/qemu/stream/section-order.ts";
import * as texts from "../../facts/qemu/stream/sections.ts";
import { refuse, unsure } from "../postcopy/refuse.ts";
import { terminated } from "../postcopy/terminated.ts";
import { bytes, number } from "../qemu-file.ts";
import { int32, within } from "./failure.ts";
import { findState } from "./known-states.ts";
import { deviceOf, type Load, type LoadedSection, type LoadFailure } from "./load.ts";
import { loadFooter } from "./load-footer.ts";
import { loadState } from "./load-state.ts";

/** A START or FULL section behind its type byte. QEMU's qemu_loadvm_section_start_full(). */
export function* loadStart(load: Load, kind: "start" | "full"): Steps<LoadFailure | undefined> {
  const { file } = load;
  const { version: release } = load.host.peer;
  const id = yield* number(file, 4, "SectionHeader.sectionId");
  const length = yield* number(file, 1, "SectionHeader.idLength");
  const received = length === 0 ? NOTHING : yield* bytes(file, length, "SectionHeader.idstr");
  const name = { offset: file.offset, path: file.path };
  if (length === 0 || received.length < length)
    return refuse(load, file, "EINVAL", texts.IDSTR_UNREADABLE, id);
  const idstr = terminated(received);
  const instance = yield* number(file, 4, "SectionHeader.instanceId");
  const instanceAt = { offset: file.offset, path: file.path };
  const version = yield* number(file, 4, "SectionHeader.versionId");
  if (file.error && valueAt(END_NOTICED, release, "later"))
    return refuse(load, file, "EIO", texts.INSTANCE_UNREADABLE, negative("EIO"));
  const state = findState(load, idstr, instance);
  if (state === "no-such-name" || state === "no-such-instance") {
    const place = state === "no-such-name" ? name : instanceAt;
    const shown = isSigned(release) ? int32(instance) : instance;
    return { ...refuse(load, file, "EINVAL", texts.SECTION_UNKNOWN, idstr, shown), ...place };
  }
  if (version > state.newest)
    return refuse(load, file, "EINVAL", texts.SECTION_NEWER, int32(version), idstr, state.newest);
  const section: LoadedSection = { kind, id, idstr, instance, version };
  if (!remember(load, section)) return unsure(file, "more sections begin than are kept account of");
  const failure = yield* loadState(load, section);
  if (failure) return within(load, failure, texts.START_FAILED, instance, idstr);
  return yield* loadFooter(load, section);
}

const NOTHING = new Uint8Array(0);
/** No guest has as many; ids on the wire may be any. */
const MOST_SECTIONS = 1 << 14;

function isSigned(release: string): boolean {
  return valueAt(texts.SECTION_UNKNOWN, release, "later")?.template.includes("%d") === true;
}

/** Where ids belong to devices, a device that is loaded again leaves its former id. */
function remember({ sections, ids, host }: Load, section: LoadedSection): boolean {
  const device = deviceOf(section);
  const former = ids.get(device);
  const ofDevice = valueAt(texts.IDS_BY_DEVICE, host.peer.version, "later");
  const begun = former === undefined ? undefined : sections.get(former);
  if (ofDevice && begun && deviceOf(begun) === device) sections.delete(begun.id);
  if (ids.size >= MOST_SECTIONS || sections.size >= MOST_SECTIONS) return false;
  ids.set(device, section.id);
  const other = sections.get(section.id);
  const order = valueAt(REGISTERED_FIRST, host.peer.version, "later") ?? [];
  if (!other || !isBefore(order, other, section)) sections.set(section.id, section);
  return true;
}

function isBefore(order: readonly string[], one: LoadedSection, other: LoadedSection): boolean {
  const [at, otherAt] = [order.indexOf(one.idstr), order.indexOf(other.idstr)];
  return at >= 0 && (otherAt < 0 || at < otherAt);
}
