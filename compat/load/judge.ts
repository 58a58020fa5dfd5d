import type {
  Device,
  Finding,
  Section,
  StateDescription,
  StreamEvent,
  StreamSummary,
} from "../../codec/index.ts";
import { byName } from "../vmstate/description.ts";
import { type Layouts, packagedLayouts, undumpedLayouts } from "../vmstate/packaged/layouts.ts";
import { judgeSection } from "./judge-section.ts";
import type { Judged, JudgedState } from "./judged.ts";
import { resultOf } from "./outcome.ts";
import type { LoadPeer } from "./peer.ts";
import type { LoadResult } from "./result.ts";

/** What is known of a stream once it is read. */
export interface ReadStream {
  readonly summary: StreamSummary;
  readonly findings: readonly Finding[];
  /** It is an image or a file that a guest is restored from, not a migration between two running QEMUs. */
  readonly isRestore: boolean;
}

/** Judges a stream for several QEMUs while it is read. States are looked at when they come and not kept. */
export interface LoadJudge {
  event(event: StreamEvent): void;
  /** As of a StreamSink. */
  state(device: Device, description: StateDescription, payload: Uint8Array): void;
  /** For each QEMU, in order. */
  results(read: ReadStream): readonly LoadResult[];
}

/** Sections that are judged one by one. No guest has as many. */
const MOST_SECTIONS = 4096;

/** A section with what every QEMU makes of it. */
export interface JudgedSection {
  readonly section: Section;
  readonly judged: readonly Judged[];
}

export function createLoadJudge(peers: readonly LoadPeer[]): LoadJudge {
  const layouts = peers.map(layoutsOf);
  const sections = new Map<string, Section>();
  const described = new Map<string, readonly Judged[]>();
  let machine: string | undefined;
  let omitted = 0;

  const judgeAll = (section: Section, state: JudgedState | undefined) =>
    peers.map((peer, i) => judgeSection(section, state, { peer, machine, layouts: layouts[i] ?? [] }));

  return {
    event(event) {
      if (event.kind === "configuration") machine = event.machine;
      if (event.kind !== "section") return;
      const { section } = event;
      if (section.kind === "part" || section.kind === "end") return;
      if (sections.size < MOST_SECTIONS || sections.has(keyOf(section)))
        sections.set(keyOf(section), section);
      else omitted++;
    },
    state(device, description, payload) {
      const key = keyOf(device);
      const section = sections.get(key);
      if (section && !described.has(key)) described.set(key, judgeAll(section, { description, payload }));
    },
    results(read) {
      const all = [...sections].map(([key, section]): JudgedSection => {
        return { section, judged: described.get(key) ?? judgeAll(section, undefined) };
      });
      return peers.map((peer, i) =>
        resultOf(peer, layouts[i]?.[0], read, { sections: all, index: i, omitted }),
      );
    },
  };
}

function keyOf({ idstr, instance }: Pick<Section, "idstr" | "instance">): string {
  return `${instance} ${idstr}`;
}

/** Those of the dump alone, or those that are packaged: several where the release lies between releases that are known. */
function layoutsOf({ qemu, dump }: LoadPeer): readonly Layouts[] {
  if (!dump) return packagedLayouts(qemu);
  const names = byName(dump);
  const { countsTold } = dump;
  const of = (state: string) =>
    names.get(state)?.map(({ description }) => ({ description, countsTold })) ?? undumpedLayouts(qemu, state);
  return [{ source: "dump", of }];
}
