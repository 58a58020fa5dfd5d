import { CONFIGURATION, FILE_MAGIC, FILE_VERSION } from "../../../codec/formats/stream/qemu-file.ts";
import type { Steps } from "../../../codec/layout/index.ts";
import * as texts from "../../facts/qemu/stream/file.ts";
import { refuse } from "../postcopy/refuse.ts";
import { number } from "../qemu-file.ts";
import type { Load, LoadFailure } from "./load.ts";
import { loadConfiguration } from "./load-configuration.ts";
import { isBare } from "./machine-type.ts";

const OBSOLETE = 2;

/** Magic, version, and the configuration section where the machine type has one. QEMU's qemu_loadvm_state_header(). */
export function* loadHeader(load: Load): Steps<LoadFailure | undefined> {
  const { file } = load;
  const magic = yield* number(file, 4, "FileHeader.magic");
  if (magic !== FILE_MAGIC) return refuse(load, file, "EINVAL", texts.NOT_A_STREAM, magic, FILE_MAGIC);
  const version = yield* number(file, 4, "FileHeader.version");
  if (version === OBSOLETE) return refuse(load, file, "ENOTSUP", texts.OBSOLETE_VERSION);
  if (version !== FILE_VERSION)
    return refuse(load, file, "ENOTSUP", texts.UNSUPPORTED_VERSION, version, FILE_VERSION);
  if (isBare(load.host.peer.machine)) return undefined;
  const type = yield* number(file, 1, "ConfigurationHeader.type");
  if (type !== CONFIGURATION)
    return refuse(load, file, "EINVAL", texts.CONFIGURATION_MISSING, type, CONFIGURATION);
  return yield* loadConfiguration(load);
}
