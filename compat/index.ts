export { SAVE_SCHEME_COMPARISON, type SchemeComparison, type UnfinishedFate } from "./completeness.ts";
export { type Explanation, explain } from "./explain.ts";
export type { Bound, Evidence, Fact } from "./facts/fact.ts";
export { FACTS } from "./facts/index.ts";
export { LIBVIRT_GENERATIONS, type LibvirtGeneration } from "./peers/libvirt/generations.ts";
export { KEPT_HEAD, type SaveImageFacts, type SavePayloadFacts } from "./peers/libvirt/image-facts.ts";
export type * from "./peers/libvirt/peer.ts";
export { predictRestore } from "./peers/libvirt/predict.ts";
export { type RenderedPrediction, renderPrediction } from "./peers/libvirt/render.ts";
export {
  type LoadedStream,
  type LoadingPeer,
  type LoadOutcome,
  predictLoad,
} from "./peers/qemu-load/load.ts";
export * from "./releases.ts";
