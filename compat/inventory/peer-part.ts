import type { ScenarioPeer } from "../check/scenario.ts";
import type { VerdictFinding } from "../check/verdict.ts";

/** What a thing that was read tells of a peer. */
export type PeerSource = "version" | "inventory" | "domain" | "domain-capabilities";

/** What one version, file or monitor tells of a peer; a domain XML tells no version. */
export interface PeerPart {
  /** What it was read from, as the user calls it. */
  readonly name: string;
  readonly source: PeerSource;
  readonly told: Partial<ScenarioPeer>;
  /** Architecture of the guest, as libvirt has it; undefined where it is not told. */
  readonly arch?: string;
  /** Machine types that the host has, among others. */
  readonly hosts?: readonly string[];
  readonly findings: readonly VerdictFinding[];
}

/** A peer as it was described. */
export interface ReadPeer {
  readonly name: string;
  readonly peer: ScenarioPeer;
  readonly sources: readonly PeerSource[];
  readonly arch?: string;
  /** What contradicts what the version implies, or is not known. */
  readonly findings: readonly VerdictFinding[];
}
