/** What was given describes no peer: the user's mistake, told in one sentence. */
export class PeerError extends Error {
  override readonly name = "PeerError";
}
