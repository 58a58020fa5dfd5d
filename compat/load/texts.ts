import { negative } from "../errno.ts";
import { QUEUE_TOO_LARGE } from "../facts/qemu/devices/virtqueues.ts";
import { STATE_BLOCKED } from "../facts/qemu/stream/blocked.ts";
import { SECTION_UNKNOWN } from "../facts/qemu/stream/sections.ts";
import { FIELD_PRINTED, SUBSECTION_FAILED, SUBSECTION_UNKNOWN } from "../facts/qemu/stream/vmstate.ts";
import { within } from "../peers/main-channel/failure.ts";
import type { Load, Refusal } from "../peers/main-channel/load.ts";
import { loadText } from "../peers/main-channel/load-text.ts";
import { errnoOf, fieldRefused, wrongVersion } from "../peers/main-channel/vmstate-failure.ts";
import { refusal, refuse, report } from "../peers/postcopy/refuse.ts";
import { missingFooter } from "../peers/qemu-load/cut.ts";
import { createTeller, inSection, type Section, type Stop } from "../peers/qemu-load/teller.ts";
import { newerVersion } from "../peers/qemu-load/versions.ts";
import type { Difference, Place } from "../vmstate/compare.ts";

type Named = Pick<Section, "idstr" | "instance" | "version" | "id" | "kind">;

/** Everything that QEMU of a release prints when a section is refused, line by line. */
export function refusalText(qemu: string, make: (load: Load) => Stop): string {
  const { load, printed } = createTeller({ qemu, machine: undefined, mappedRam: false });
  const stop = make(load);
  return [...printed, ...loadText(stop, qemu)].join("\n");
}

/** A section that the machine does not have. */
export function unknownSection(load: Load, { idstr, instance }: Named): Stop {
  return refuse(load, load.file, "EINVAL", SECTION_UNKNOWN, idstr, instance);
}

/** A device that cannot migrate, which stops every load before it begins. */
export function blockedState(load: Load, { idstr }: Named): Stop {
  return refuse(load, load.file, "EINVAL", STATE_BLOCKED, idstr);
}

/** A section of a version that is not read. */
export function wrongSectionVersion(
  load: Load,
  section: Named,
  name: string,
  newest: number,
  oldest: number,
): Stop {
  if (section.version > newest) return newerVersion(load, section.idstr, section.version, newest);
  const wrong = wrongVersion(load, { name, newest, oldest }, section.version);
  return wrong ? inSection(load, section as Section, wrong) : refusal(load.file, "EINVAL");
}

/** State that is not as it is read. Fields are not noticed to be wrong until the section's end is not where it should be. */
export function differentState(load: Load, section: Named, { rule, trail, args }: Difference): Stop {
  if (rule === "SUBSECTION_KNOWN") {
    const place = trail.at(-1);
    const reason = report(load, SUBSECTION_UNKNOWN, String(args.subsection), place?.state ?? "");
    const failure = refusal(load.file, errnoOf(load, "ENOENT"), reason);
    return inSection(load, section as Section, passedOn(load, failure, trail.slice(0, -1)));
  }
  if (rule === "STATE_VERSION_NOT_NEWER" || rule === "STATE_VERSION_NOT_TOO_OLD") {
    const name = trail.at(-1)?.state ?? "";
    const wrong = wrongVersion(
      load,
      { name, newest: Number(args.read), oldest: Number(args.oldest) },
      Number(args.sent),
    );
    if (wrong) return inSection(load, section as Section, passedOn(load, wrong, trail.slice(0, -1)));
  }
  return missingFooter(load, section as Section);
}

/** What the states around it add, from the inside. */
function passedOn(load: Load, failure: Refusal, trail: readonly Place[]): Refusal {
  let told = failure;
  for (const { state, field, subsection } of trail.toReversed()) {
    if (subsection !== undefined)
      told = within(load, told, SUBSECTION_FAILED, subsection, state, negative("EINVAL"));
    else if (field !== undefined) report(load, FIELD_PRINTED, state, field);
  }
  return told;
}

/** A virtqueue that is larger than that of the destination's device. */
export function largeQueue(
  load: Load,
  section: Named,
  state: string,
  queue: number,
  size: number,
  most: number,
): Stop {
  report(load, QUEUE_TOO_LARGE, queue, size, most);
  return inSection(load, section as Section, fieldRefused(load, state, "virtio", "virtio", ""));
}
