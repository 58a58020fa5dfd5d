export { SAVE_SCHEME_COMPARISON, type SchemeComparison, type UnfinishedFate } from "./completeness.ts";
export { type Explanation, explain } from "./explain.ts";
export type { Bound, Evidence, Fact } from "./facts/fact.ts";
export { FACT_FILES, FACTS } from "./facts/index.ts";
export * from "./gate.ts";
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
export * from "./releases.ts";
export type { ReplayAnswer } from "./replay/answer.ts";
export { type ReplayCase, replayCase } from "./replay/case.ts";
