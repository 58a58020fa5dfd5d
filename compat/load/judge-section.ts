import { STATE_WITHOUT_DEVICE } from "../facts/qemu/stream/section-names.ts";
import { SECTION_NEWER, SECTION_UNKNOWN } from "../facts/qemu/stream/sections.ts";
import { findState } from "../peers/main-channel/known-states.ts";
import { createTeller } from "../peers/qemu-load/teller.ts";
import { stateName } from "../vmstate/description.ts";
import type { Layout, Layouts } from "../vmstate/packaged/layouts.ts";
import { erratumOf, isExpress } from "./errata.ts";
import { judgeState } from "./judge-state.ts";
import {
  type Destination,
  finder,
  type Judged,
  type JudgedState,
  type Named,
  notJudged,
  refused,
} from "./judged.ts";
import type { LoadVerdict } from "./result.ts";
import * as texts from "./texts.ts";

/** State that has been the same in all releases. */
const WITHOUT_DEVICE = STATE_WITHOUT_DEVICE[0]?.value ?? {};
const IN_PARTS: readonly string[] = ["ram", "block", "dirty-bitmap"];

/** Whether a section loads: name, version, fields and subsections, queues. */
export function judgeSection(
  section: Named,
  state: JudgedState | undefined,
  destination: Destination,
): Judged {
  const { layouts, peer } = destination;
  const erratum = state && metErratum(section, state, destination);
  if (erratum) return erratum;
  const judged = layouts.map((each) => byLayouts(section, state, each, destination));
  const [first, ...more] = judged.filter((each) => each !== undefined);
  if (!first || judged.length > more.length + 1) return byName(section, destination);
  if (more.every(({ verdict }) => verdict === first.verdict)) return first;
  return notJudged(
    "fields",
    finder(section)("FIELDS_COMPARED", "warning", { name: section.idstr, qemu: peer.name, dump: false }),
  );
}

/** Whether the source makes the same mistake is not in the stream. */
function metErratum(section: Named, state: JudgedState, { peer, machine }: Destination): Judged | undefined {
  const device = { state: stateName(section.idstr), isExpress: isExpress(state.description), machine };
  const met = erratumOf(device, peer.qemu);
  if (!met) return undefined;
  const { claim, value } = met;
  const args = { name: section.idstr, qemu: peer.name, claim, workaround: value.workaround ?? "" };
  return notJudged("name", finder(section)("ERRATUM_MET", "warning", args, [met]));
}

/** By that of several layouts which fits best: a name may stand for devices of more than one kind. */
function byLayouts(
  section: Named,
  state: JudgedState | undefined,
  layouts: Layouts,
  { peer }: Destination,
): Judged | undefined {
  const known = layouts.of(stateName(section.idstr));
  const candidates = known.filter((each) => mayBeNamed(section.idstr, each));
  if (candidates.length === 0 && known.length > 0) return unknown(section, peer);
  const results = candidates.map((each) => judgeState(section, state, peer, each));
  return results.toSorted((a, b) => RANK[a.verdict] - RANK[b.verdict])[0];
}

/** State of a device on a bus with addresses has its device's path in its name. */
function mayBeNamed(idstr: string, { description: { fields = [] } }: Layout): boolean {
  return idstr.includes("/") || !fields.some(({ struct }) => struct && ON_PCI.includes(struct.name));
}

const ON_PCI: readonly string[] = ["PCIDevice", "PCIEDevice"];

const RANK: Readonly<Record<LoadVerdict, number>> = { loads: 0, "not-judged": 1, refused: 2 };

function unknown(section: Named, peer: Destination["peer"]): Judged {
  const { idstr: name, instance } = section;
  const finding = finder(section)(
    "SECTION_KNOWN",
    "error",
    { name, instance, qemu: peer.name },
    SECTION_UNKNOWN,
  );
  return refused(peer, finding, (load) => texts.unknownSection(load, section));
}

/** By what is known of names and versions. */
function byName(section: Named, { peer, layouts, machine }: Destination): Judged {
  const { idstr, instance, version } = section;
  const name = stateName(idstr);
  const { load } = createTeller({ qemu: peer.qemu, machine, mappedRam: false });
  const known = findState(load, idstr, instance);
  const find = finder(section);
  const about = { name: idstr, qemu: peer.name };
  if (typeof known === "string") return unknown(section, peer);
  const { newest, oldest } = known;
  if (version > newest || version < oldest) {
    const finding = find(
      "SECTION_VERSION_READ",
      "error",
      { ...about, version, newest, oldest },
      SECTION_NEWER,
    );
    return refused(peer, finding, (teller) =>
      texts.wrongSectionVersion(teller, section, name, newest, oldest),
    );
  }
  const isPlain = IN_PARTS.includes(name) || (Number.isFinite(newest) && Object.hasOwn(WITHOUT_DEVICE, name));
  if (isPlain) return { verdict: "loads", by: "name", error: null, findings: [] };
  const dump = layouts.some(({ source }) => source === "dump");
  return notJudged("name", find("FIELDS_COMPARED", "warning", { ...about, dump }));
}
