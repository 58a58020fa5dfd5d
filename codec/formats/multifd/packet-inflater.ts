/** The compressed data is damaged, or asks for more memory than it is given. Never thrown for a mistake of ours. */
export class InflateError extends Error {
  override readonly name = "InflateError";
}

/** Inflates the payloads of one channel, whose compressed stream goes on from packet to packet. */
export interface PacketInflater {
  /**
   * Feeds a piece of a payload. `out` gets what it holds, in views valid during the call; at the end of a packet all
   * pages of it have come out. Throws `InflateError`, after which the inflater is of no more use.
   */
  push(chunk: Uint8Array, out: (piece: Uint8Array) => void): void;
}

export type CreateInflater = () => PacketInflater;
