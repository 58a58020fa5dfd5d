import {
  COMMAND,
  EOF,
  SECTION_END,
  SECTION_FULL,
  SECTION_PART,
  SECTION_START,
} from "../../../codec/formats/stream/qemu-file.ts";
import type { Steps } from "../../../codec/layout/index.ts";
import { ERRNOS, negative } from "../../errno.ts";
import { valueAt } from "../../facts/fact.ts";
import * as texts from "../../facts/qemu/stream/file.ts";
import { runCommand } from "../postcopy/command.ts";
import { refusal, refuse, report } from "../postcopy/refuse.ts";
import { number } from "../qemu-file.ts";
import { within } from "./failure.ts";
import type { Errno, Load, LoadFailure, Refusal } from "./load.ts";
import { loadPart } from "./load-part.ts";
import { loadStart } from "./load-start.ts";

/** Loads sections and commands up to the end of the stream. QEMU's qemu_loadvm_state_main(). */
export function* loadSections(load: Load): Steps<LoadFailure | undefined> {
  const noticed = valueAt(texts.END_NOTICED, load.host.peer.version, "later");
  while (true) {
    const { file } = load;
    const type = yield* number(file, 1, "SectionHeader.type");
    if (file.error && noticed) return unreadable(load, file.error);
    if (load.preempt !== undefined && load.preempt !== "connected") return unreadable(load, load.preempt);
    if (type === EOF) return undefined;
    const failure = yield* loadSection(load, type);
    if (failure || load.quit) return failure;
  }
}

function* loadSection(load: Load, type: number): Steps<LoadFailure | undefined> {
  switch (type) {
    case SECTION_START:
      return yield* loadStart(load, "start");
    case SECTION_FULL:
      return yield* loadStart(load, "full");
    case SECTION_PART:
      return yield* loadPart(load, "part");
    case SECTION_END:
      return yield* loadPart(load, "end");
    case COMMAND:
      return yield* runCommand(load);
    default:
      return refuse(load, load.file, "EINVAL", texts.UNKNOWN_SECTION_TYPE, type);
  }
}

/** The channel ended, or failed, where a section was to begin. */
export function unreadable(load: Load, errno: Errno): Refusal {
  const reason = report(load, texts.CHANNEL_ERROR, ERRNOS[errno].text);
  return within(load, refusal(load.file, errno, reason), texts.SECTION_TYPE_UNREADABLE, negative(errno));
}
