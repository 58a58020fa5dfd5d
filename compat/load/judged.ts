import type { Section, StateDescription } from "../../codec/index.ts";
import type { Layouts } from "../vmstate/packaged/layouts.ts";
import type { LoadPeer } from "./peer.ts";
import type { LoadFinding, SectionVerdict } from "./result.ts";
import { refusalText } from "./texts.ts";

/** A section as its header has it. */
export type Named = Pick<
  Section,
  "idstr" | "instance" | "version" | "offset" | "id" | "kind" | "payloadLength"
>;

/** What was found of a section. */
export interface Judged extends Pick<SectionVerdict, "verdict" | "by" | "error" | "findings"> {
  /** It is refused before anything of the stream is read. */
  readonly atOnce?: true;
}

/** What is in it, and how the stream describes that. */
export interface JudgedState {
  readonly description: StateDescription;
  readonly payload: Uint8Array;
}

/** The QEMU that judges, and what is known of it. */
export interface Destination {
  readonly peer: LoadPeer;
  readonly layouts: readonly Layouts[];
  /** Of the stream. */
  readonly machine: string | undefined;
}

/** Makes findings about a section. */
export function finder({ idstr, offset }: Named) {
  return (
    rule: string,
    level: LoadFinding["level"],
    args: LoadFinding["args"],
    facts: readonly { readonly id: string }[] = [],
  ): LoadFinding => ({ rule, level, subject: idstr, offset, args, facts: facts.map(({ id }) => id) });
}

/** The destination refuses it, and says so. */
export function refused(
  peer: LoadPeer,
  finding: LoadFinding,
  make: Parameters<typeof refusalText>[1],
): Judged {
  return { verdict: "refused", by: "fields", error: refusalText(peer.qemu, make), findings: [finding] };
}

/** Nobody can tell. */
export function notJudged(by: Judged["by"], ...findings: readonly LoadFinding[]): Judged {
  return { verdict: "not-judged", by, error: null, findings };
}
