import { STATE_BLOCKED } from "../facts/qemu/stream/blocked.ts";
import { SECTION_NEWER } from "../facts/qemu/stream/sections.ts";
import { bytesOfState, mayAgree } from "../vmstate/bytes.ts";
import { compareState, type Difference } from "../vmstate/compare.ts";
import type { Layout } from "../vmstate/packaged/layouts.ts";
import { pathOf } from "../vmstate/path.ts";
import { type Shape, shapeOfDump, shapeOfStream } from "../vmstate/shape.ts";
import { finder, type Judged, type JudgedState, type Named, notJudged, refused } from "./judged.ts";
import type { LoadPeer } from "./peer.ts";
import { judgeQueues } from "./queues.ts";
import type { LoadFinding } from "./result.ts";
import * as texts from "./texts.ts";
import { readVirtioState } from "./virtio-state.ts";

/** Whether state is read as it is sent, by a layout. */
export function judgeState(
  section: Named,
  state: JudgedState | undefined,
  peer: LoadPeer,
  { description, countsTold }: Layout,
): Judged {
  const { version, idstr } = section;
  const { name, version: newest, minimum: oldest } = description;
  const find = finder(section);
  if (!description.fields) {
    const finding = find("DEVICE_MIGRATES", "error", { name: idstr, qemu: peer.name }, STATE_BLOCKED);
    return { ...refused(peer, finding, (load) => texts.blockedState(load, section)), atOnce: true };
  }
  if (version > newest || version < oldest)
    return refused(
      peer,
      find(
        "SECTION_VERSION_READ",
        "error",
        { name: idstr, version, newest, oldest, qemu: peer.name },
        SECTION_NEWER,
      ),
      (load) => texts.wrongSectionVersion(load, section, name, newest, oldest),
    );
  const read = shapeOfDump(description, countsTold, version);
  if (!state) return judgeLength(section, read, find);
  const sent = shapeOfStream(state.description);
  const differences = compareState(sent, read, { sent: true });
  const [fatal] = differences.filter(({ level }) => level === "error");
  if (fatal)
    return refused(
      peer,
      find(DIFFERENCES[fatal.rule], "error", { ...argsOf(fatal, idstr, peer), sure: true }),
      (load) => texts.differentState(load, section, fatal),
    );
  const maybe = differences.filter(({ level }) => level === "warning");
  if (maybe.length > 0)
    return notJudged(
      "fields",
      ...maybe.map((each) =>
        find(DIFFERENCES[each.rule], "warning", { ...argsOf(each, idstr, peer), sure: false }),
      ),
    );
  if (!state.description.fields.some(({ type }) => type === "virtio")) return LOADS;
  return judgeVirtio(section, name, state.payload, peer);
}

/** Devices that a package carries are not described: all that is known of their state is how long it is. */
function judgeLength(section: Named, read: Shape, find: ReturnType<typeof finder>): Judged {
  const { idstr: name, payloadLength: length } = section;
  const possible = bytesOfState(read);
  const fits = mayAgree({ sums: new Set([length]), open: false }, possible);
  if (!fits || !read.entries.some(({ name: field }) => field !== "virtio"))
    return notJudged("name", find("STATE_DESCRIBED", "warning", { name }));
  return { verdict: "loads", by: "length", error: null, findings: [] };
}

const LOADS: Judged = { verdict: "loads", by: "fields", error: null, findings: [] };

function judgeVirtio(section: Named, name: string, payload: Uint8Array, peer: LoadPeer): Judged {
  const find = finder(section);
  const judged = judgeQueues(name, payload, peer.qemu);
  const about = { name: section.idstr, qemu: peer.name };
  if (judged.verdict === "loads") {
    const features = readVirtioState(payload)?.features ?? 0;
    if (features === 0) return LOADS;
    const taken = `0x${features.toString(16).padStart(8, "0")}`;
    return { ...LOADS, findings: [find("FEATURES_OFFERED", "note", { ...about, features: taken })] };
  }
  if (judged.why !== "too-large")
    return notJudged("fields", find("QUEUES_READ", "warning", { ...about, why: judged.why }));
  const { queue, size, most, property = "", facts } = judged;
  const finding = { ...find("QUEUE_SIZE_FITS", "error", { ...about, queue, size, most, property }), facts };
  if (judged.verdict === "not-judged") return notJudged("fields", { ...finding, level: "warning" });
  return refused(peer, finding, (load) => texts.largeQueue(load, section, name, queue, size, most));
}

/** Rules of the comparison, in the words of a load. */
const DIFFERENCES: Readonly<Record<Difference["rule"], string>> = {
  STATE_VERSION_NOT_NEWER: "SUBSECTION_VERSION_READ",
  STATE_VERSION_NOT_TOO_OLD: "SUBSECTION_VERSION_READ",
  SUBSECTION_KNOWN: "SUBSECTION_READ",
  FIELD_SIZE_KEPT: "FIELDS_READ",
  FIELDS_KEPT: "FIELDS_READ",
  CONDITIONAL_FIELDS_AGREE: "FIELDS_READ",
  FIELDS_REGROUPED: "FIELDS_READ",
};

function argsOf({ trail, args }: Difference, idstr: string, peer: LoadPeer): LoadFinding["args"] {
  return { ...args, name: idstr, where: pathOf(trail), qemu: peer.name };
}
