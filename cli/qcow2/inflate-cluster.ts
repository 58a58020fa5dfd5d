import { inflateZstdCluster } from "../../codec/formats/qcow2/zstd-cluster.ts";
import type { Qcow2Facts } from "../../codec/index.ts";

/** QEMU's deflate window: 4096 bytes. */
const WINDOW_BITS = 12;

/** One cluster out of the bytes it is stored in, which may go on behind it; undefined unless it makes all of a cluster. */
export function inflateCluster(
  stored: Uint8Array,
  { compression, clusterSize }: Qcow2Facts,
): Uint8Array | undefined {
  if (compression === "zstd") return inflateZstdCluster(stored, clusterSize);
  if (compression !== "zlib") return undefined;
  const { inflateRawSync, constants } = process.getBuiltinModule("node:zlib");
  try {
    const cluster = inflateRawSync(stored, {
      windowBits: WINDOW_BITS,
      maxOutputLength: clusterSize,
      finishFlush: constants.Z_SYNC_FLUSH,
    });
    return cluster.length === clusterSize ? cluster : undefined;
  } catch {
    return undefined;
  }
}
