const IF_TSRESOL = 9;
const IF_TSOFFSET = 14;

/** What the options of an interface say about its clock. */
export interface InterfaceOptions {
  /** Units of time in a second. */
  readonly perSecond: bigint;
  /** Seconds to add to each time. */
  readonly offset: bigint;
}

/** Reads the options in `[at, end)` as far as they are sound. */
export function readInterfaceOptions(
  view: DataView,
  at: number,
  end: number,
  little: boolean,
): InterfaceOptions {
  let perSecond = 1_000_000n;
  let offset = 0n;
  let next = at;
  while (end - next >= 4) {
    const code = view.getUint16(next, little);
    const length = view.getUint16(next + 2, little);
    const value = next + 4;
    if (code === 0 || value + length > end) break;
    if (code === IF_TSRESOL && length === 1) perSecond = resolution(view.getUint8(value));
    if (code === IF_TSOFFSET && length === 8) offset = view.getBigInt64(value, little);
    next = value + length + ((4 - (length % 4)) % 4);
  }
  return { perSecond, offset };
}

/** The top bit tells a power of 2 from one of 10. */
function resolution(value: number): bigint {
  return (value & 0x80) === 0 ? 10n ** BigInt(value) : 2n ** BigInt(value & 0x7f);
}
