import { SECTION_FOOTER } from "../../../codec/formats/stream/qemu-file.ts";
import type { Steps } from "../../../codec/layout/index.ts";
import { negative } from "../../errno.ts";
import { valueAt } from "../../facts/fact.ts";
import { END_NOTICED } from "../../facts/qemu/stream/file.ts";
import * as texts from "../../facts/qemu/stream/sections.ts";
import { refuse, report } from "../postcopy/refuse.ts";
import { number } from "../qemu-file.ts";
import { int32 } from "./failure.ts";
import type { Load, LoadedSection, LoadFailure } from "./load.ts";
import { isBare } from "./machine-type.ts";

/** The footer behind a section's state. QEMU's check_section_footer(). */
export function* loadFooter(load: Load, { id, idstr }: LoadedSection): Steps<LoadFailure | undefined> {
  const { file, host } = load;
  if (isBare(host.peer.machine)) return undefined;
  const failed = () => refuse(load, file, "EINVAL", texts.FOOTER_FAILED, int32(id));
  const mark = yield* number(file, 1, "SectionFooter.type");
  if (file.error && valueAt(END_NOTICED, host.peer.version, "later")) {
    report(load, texts.FOOTER_UNREADABLE, negative("EIO"));
    return failed();
  }
  if (mark !== SECTION_FOOTER) {
    report(load, texts.FOOTER_MISSING, idstr);
    return failed();
  }
  const read = yield* number(file, 4, "SectionFooter.sectionId");
  if (read === id) return undefined;
  report(load, texts.FOOTER_DIFFERS, idstr, read, id);
  return failed();
}
