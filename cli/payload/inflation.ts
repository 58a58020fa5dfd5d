import type { Compression } from "../../codec/index.ts";
import type { PayloadDelivery } from "./delivery.ts";
import { startGunzip } from "./gunzip.ts";
import type { PayloadLimits, Take } from "./meter.ts";

/** A decompression under way: compressed bytes go in, what comes out is taken. */
export interface Inflation {
  /** Hands over compressed bytes, which are only lent until the promise is kept. */
  write(chunk: Uint8Array): Promise<void>;
  /** Says that there are no more. What was thrown where the bytes were taken is thrown here. */
  end(): Promise<PayloadDelivery>;
  /** More input would not be looked at. */
  readonly done: boolean;
  /** Ends it at once; for use where it is given up without `end`. */
  abort(): void;
}

/** Starts the decompression of what is written to it, or of `file`, which a program reads by itself and is closed then. */
export async function startInflation(
  format: Compression,
  take: Take,
  limits: PayloadLimits,
  file?: number,
): Promise<Inflation> {
  if (format === "gzip" && file === undefined) return startGunzip(take, limits);
  const { startHelper } = await import("./helper.ts");
  return await startHelper(format, take, limits, file);
}
