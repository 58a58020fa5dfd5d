export { type CheckedMapping, checkMapping, MappingError } from "./bitmaps/index.ts";
export { check } from "./check/check.ts";
export { judge } from "./check/judge.ts";
export { parseScenario, ScenarioError } from "./check/parse.ts";
export type * from "./check/scenario.ts";
export {
  DANGEROUS,
  isSafe,
  type Outcome,
  type SideEnd,
  type Stage,
  type Verdict,
  type VerdictFinding,
} from "./check/verdict.ts";
export { SAVE_SCHEME_COMPARISON, type SchemeComparison, type UnfinishedFate } from "./completeness.ts";
export { type Explanation, explain } from "./explain.ts";
export type { Bound, Evidence, Fact } from "./facts/fact.ts";
export { FACT_FILES, FACTS } from "./facts/index.ts";
export { type FleetReport, reportOn } from "./fleet/fleet.ts";
export { type Fleet, FleetError, parseFleet } from "./fleet/inventory.ts";
export * from "./gate.ts";
export {
  PeerError,
  peerFromName,
  peerFromReplies,
  peerFromText,
  type ReadPeer,
} from "./inventory/index.ts";
export { createLoadJudge, type LoadJudge, type ReadStream } from "./load/judge.ts";
export type { LoadPeer } from "./load/peer.ts";
export type { LoadResult } from "./load/result.ts";
export { type FeatureSetup, setupFor } from "./matrix/features.ts";
export { type Matrix, type MatrixEnd, type MatrixRequest, matrixOf } from "./matrix/matrix.ts";
export { type Negotiation, negotiate, WantedError } from "./negotiate.ts";
export type {
  MigrationStatus,
  PeerProcess,
  Seen,
  SilentLoss,
  Stop,
} from "./peers/ending.ts";
export { LIBVIRT_GENERATIONS, type LibvirtGeneration } from "./peers/libvirt/generations.ts";
export { KEPT_HEAD, type SaveImageFacts, type SavePayloadFacts } from "./peers/libvirt/image-facts.ts";
export type * from "./peers/libvirt/peer.ts";
export { predictRestore } from "./peers/libvirt/predict.ts";
export { type RenderedPrediction, renderPrediction } from "./peers/libvirt/render.ts";
export type { PeerOptions, Phase, QemuPeer } from "./peers/peer.ts";
export { type LibvirtModel, peer, type QemuModel } from "./peers/process.ts";
export {
  type LoadedStream,
  type LoadingPeer,
  type LoadOutcome,
  predictLoad,
} from "./peers/qemu-load/load.ts";
export { createRecogniser, recognise } from "./recognise/recognise.ts";
export * from "./releases.ts";
export type { ReplayAnswer } from "./replay/answer.ts";
export { type ReplayCase, replayCase } from "./replay/case.ts";
export { diffVmstate } from "./vmstate/diff.ts";
export { parseDump } from "./vmstate/parse-dump.ts";
