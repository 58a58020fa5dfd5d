import { VMDESCRIPTION } from "../../../codec/formats/stream/qemu-file.ts";
import type { Steps } from "../../../codec/layout/index.ts";
import { DESCRIPTION_EXPECTED } from "../../facts/qemu/stream/file.ts";
import { refusal, report } from "../postcopy/refuse.ts";
import { number, type QemuFile, skip } from "../qemu-file.ts";
import type { Load, LoadFailure } from "./load.ts";
import { loadHeader } from "./load-header.ts";
import { isUndescribed } from "./machine-type.ts";

/** Loads a whole migration stream from the main channel. QEMU's qemu_loadvm_state(). */
export function* loadMainChannel(file: QemuFile, load: Load): Steps<LoadFailure | undefined> {
  load.file = file;
  const failure = (yield* loadHeader(load)) ?? (yield* load.loadSections(load));
  if (failure) return failure;
  if (load.listening || load.quit) return undefined;
  if (file.error) return refusal(file, "EIO");
  if (!isUndescribed(load.host.peer.machine)) yield* readDescription(load);
  return undefined;
}

/** The description is only read so that nothing is left of the stream. */
function* readDescription(load: Load): Steps {
  const { file } = load;
  const type = yield* number(file, 1, "VmDescriptionHeader.type");
  if (type !== VMDESCRIPTION) {
    report(load, DESCRIPTION_EXPECTED, type);
    return;
  }
  const length = yield* number(file, 4, "VmDescriptionHeader.length");
  yield* skip(file, length, "vmdescription");
}
