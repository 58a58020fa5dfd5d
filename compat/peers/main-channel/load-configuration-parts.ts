import type { Steps } from "../../../codec/layout/index.ts";
import { uuidText } from "../../../codec/layout/index.ts";
import { negative } from "../../errno.ts";
import { valueAt } from "../../facts/fact.ts";
import * as texts from "../../facts/qemu/stream/configuration.ts";
import { LENGTHS_SIGNED, SUBSECTION_FAILED, SUBSECTION_UNKNOWN } from "../../facts/qemu/stream/vmstate.ts";
import { refusal, report } from "../postcopy/refuse.ts";
import { terminated } from "../postcopy/terminated.ts";
import { bytes, number } from "../qemu-file.ts";
import { allocationFailed } from "./allocation.ts";
import { hasCapability } from "./capability-names.ts";
import { within } from "./failure.ts";
import type { Load, LoadFailure } from "./load.ts";
import type { Told } from "./load-configuration.ts";
import { nextSubsection } from "./subsection.ts";
import { errnoOf, fieldCut, fieldRefused, postLoadFailed, wrongVersion } from "./vmstate-failure.ts";

const PARENT = "configuration";
/** Bytes of a capability in memory. */
const CAPABILITY_SIZE = 4;
/** More than that is negative where counts have a sign. */
const MOST_ALLOCATED = 0x7fff_ffff;

type Part = (load: Load, told: Told) => Steps<LoadFailure | undefined>;
const PARTS: Readonly<Record<string, Part>> = {
  "target-page-bits": loadPageBits,
  capabilities: loadCapabilities,
  uuid: loadUuid,
};

/** The subsections of the configuration section, as far as there are any. */
export function* loadConfigurationParts(load: Load, told: Told): Steps<LoadFailure | undefined> {
  const { file } = load;
  const known = valueAt(texts.CONFIGURATION_SUBSECTIONS, load.host.peer.version, "later") ?? [];
  while (true) {
    const subsection = yield* nextSubsection(file, PARENT);
    if (subsection === undefined) return undefined;
    const name = known.find((part) => subsection.idstr === `${PARENT}/${part}`);
    const part = name === undefined ? undefined : PARTS[name];
    if (!part) {
      const reason = report(load, SUBSECTION_UNKNOWN, subsection.idstr, PARENT);
      return refusal(file, errnoOf(load, "ENOENT"), reason);
    }
    file.cursor.at += subsection.length;
    const failure = yield* loadPart(load, told, subsection.idstr, part);
    if (!failure) continue;
    const errno = failure.how === "refused" ? negative(failure.errno) : 0;
    return within(load, failure, SUBSECTION_FAILED, subsection.idstr, PARENT, errno);
  }
}

function* loadPart(load: Load, told: Told, idstr: string, part: Part): Steps<LoadFailure | undefined> {
  const version = yield* number(load.file, 4, "SubsectionHeader.versionId");
  const wrong = wrongVersion(load, { name: idstr, newest: 1, oldest: 1 }, version);
  return wrong ?? (yield* part(load, told));
}

function* loadPageBits(load: Load, told: Told): Steps<LoadFailure | undefined> {
  told.pageBits = yield* number(load.file, 4, "TargetPageBits.targetPageBits");
  return load.file.error ? fieldCut(load, `${PARENT}/target-page-bits`, "target_page_bits") : undefined;
}

function* loadCapabilities(load: Load, told: Told): Steps<LoadFailure | undefined> {
  const { file } = load;
  const state = `${PARENT}/capabilities`;
  const count = yield* number(file, 4, "Capabilities.count");
  if (file.error) return fieldCut(load, state, "caps_count");
  if (count > MOST_ALLOCATED && valueAt(LENGTHS_SIGNED, load.host.peer.version, "later"))
    return allocationFailed(load, count, CAPABILITY_SIZE);
  const received = new Set<string>();
  for (let i = 0; i < count; i++) {
    const length = yield* number(file, 1, "CapabilityName.nameLength");
    const capability = terminated(yield* bytes(file, length, "CapabilityName.capability"));
    if (!hasCapability(capability, load.host.peer.version)) {
      const reason = report(load, texts.CAPABILITY_UNKNOWN, capability);
      return fieldRefused(load, state, "capabilities", "capability", reason);
    }
    if (file.error) return fieldCut(load, state, "capabilities");
    received.add(capability);
  }
  told.capabilities = [...received];
  return undefined;
}

function* loadUuid(load: Load): Steps<LoadFailure | undefined> {
  const { file } = load;
  const state = `${PARENT}/uuid`;
  const received = yield* bytes(file, 16, "ConfigurationUuid.uuid");
  if (file.error) return fieldCut(load, state, "uuid.data");
  const [theirs, ours] = [uuidText(received), load.host.peer.uuid?.toLowerCase()];
  if (ours === undefined) {
    report(load, texts.UUID_UNSET, theirs);
    return undefined;
  }
  if (theirs === ours) return undefined;
  report(load, texts.UUID_DIFFERS, theirs, ours);
  return postLoadFailed(load, { name: state, newest: 1, oldest: 1 });
}
