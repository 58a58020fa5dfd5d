import type { Finding } from "../../../codec/index.ts";
import { loadDamaged } from "./damage.ts";
import type { LoadedStream, LoadFailure, LoadingPeer } from "./load.ts";
import { createTeller } from "./teller.ts";

/** What tells that the state of a device is not as the stream itself describes it. */
const DESCRIBED: readonly Finding["rule"][] = ["DEVICE_FITS_VMDESC", "DEVICE_VERSION_AGREES"];

/** How a load fails, and the finding that tells where. */
export interface DescribedFailure extends LoadFailure {
  readonly at: Finding;
}

/**
 * Where a QEMU stops in the state of a device, which the model of the main channel steps over: as far as the stream's own
 * description tells.
 */
export function predictDescribed(
  { summary, findings }: Pick<LoadedStream, "summary" | "findings">,
  peer: LoadingPeer,
): DescribedFailure | undefined {
  const [at] = findings
    .filter(({ rule, offset }) => DESCRIBED.includes(rule) && offset !== undefined)
    .toSorted((a, b) => (a.offset ?? 0) - (b.offset ?? 0));
  if (!at) return undefined;
  const { load, printed } = createTeller(peer);
  const stream = { summary, findings, bytes: 0, first: new Uint8Array(0) };
  const failure = loadDamaged(stream, at, peer, load);
  return failure === undefined || failure === "unknown" ? undefined : { ...failure, printed, at };
}
