import { bytes, differs, type Wordings } from "./phrases.ts";

const missing = (lost: unknown) => (lost ? ` and ${bytes(lost)} that the capture lacks` : "");

/** What a source does when the return path is not as it should be. */
const SOURCE_FAILS =
  "Every released source fails the migration over it: 2.7 to 8.1 soon (since 3.0 a postcopy may pause instead), the others only when it would complete, although they say active until then.";

const RECOVERY_FAILS = "The source does not accept it, and the recovery does not go on.";

/** Wording of findings about the return path. */
export const returnPath = {
  RECEIVED_BITMAP_ENDS: [
    ({ block, found }) => `the bitmap of received pages of ${block} ends in ${found}, not in its end mark`,
    RECOVERY_FAILS,
  ],
  RECEIVED_BITMAP_IN_BLOCK: [
    ({ block, expected, found }) =>
      `the bitmap of received pages of ${block} has ${found} pages set beyond its ${expected}`,
    "The source ignores them. The two sides may not agree on the size of the block.",
  ],
  RECEIVED_BITMAP_SIZE_EXACT: [
    ({ block, expected, found }) =>
      `the bitmap of received pages of ${block} says it has ${bytes(found)}, expected ${expected}`,
    RECOVERY_FAILS,
  ],
  RETURN_PATH_ABANDONED: [
    ({ skipped, lost }) =>
      `no message makes sense from here to the end of the return path (${bytes(skipped)} left unread${missing(lost)})`,
  ],
  RETURN_PATH_BLOCK_NAMED: [
    ({ message }) =>
      message === "REQ_PAGES"
        ? "REQ_PAGES does not name a RAM block, and no message before it did"
        : `${message} has an empty name where a RAM block is expected`,
    SOURCE_FAILS,
  ],
  RETURN_PATH_COMPLETE: [
    ({ need, have }) =>
      `the return path ends in the middle of a message: ${bytes(need)} needed, ${have} left`,
    "The connection or the capture was cut off here.",
  ],
  RETURN_PATH_ENDS_WITH_SHUT: [
    () => "a message follows after the destination said that it would send no more",
    "The source does not read it.",
  ],
  RETURN_PATH_LENGTH_BOUNDED: [
    ({ message, expected, found }) =>
      `${message} carries ${bytes(found)} of payload; a source reads ${expected} at most`,
    SOURCE_FAILS,
  ],
  RETURN_PATH_LENGTH_EXACT: [
    ({ message, expected, found }) =>
      `${message} carries ${bytes(found)} of payload where the name in it makes that ${expected}`,
    "A source fails over it, unless the message is RECV_BITMAP and too long: what is too much is ignored.",
  ],
  RETURN_PATH_LENGTH_FIXED: [
    ({ message, expected, found }) =>
      `${message} carries ${bytes(found)} of payload where it always has ${expected}`,
    SOURCE_FAILS,
  ],
  RETURN_PATH_MESSAGE_KNOWN: [
    ({ type, length }) =>
      `the destination sent a message of type ${type} (${bytes(length)} of payload), which no release knows`,
    SOURCE_FAILS,
  ],
  RETURN_PATH_MESSAGE_RELEASED: [
    () => "the destination sent KEEPALIVE, which was proposed in 2025 and is in no release",
    SOURCE_FAILS,
  ],
  RETURN_PATH_REQUEST_ALIGNED: [
    ({ block, start, length, expected }) =>
      length === 0
        ? `the destination asks for nothing at ${start} of ${block}`
        : `the destination asks for ${bytes(length)} at ${start} of ${block}, which are not whole pages of ${bytes(expected)}`,
    "A source refuses what is not whole pages of its host. No release asks for nothing.",
  ],
  RETURN_PATH_REQUEST_IN_BLOCK: [
    ({ block, start, length, expected }) =>
      `the destination asks for ${bytes(length)} at ${start} of ${block}, which has ${bytes(expected)}`,
    SOURCE_FAILS,
  ],
  RETURN_PATH_RESUMED: [
    ({ skipped, lost }) => `reading goes on here, after ${bytes(skipped)} left unread${missing(lost)}`,
  ],
  RETURN_PATH_RESUME_ACCEPTED: [
    (args) => `the destination answers RESUME with a value that no source accepts: ${differs(args)}`,
    RECOVERY_FAILS,
  ],
  RETURN_PATH_SHUT_CLEAN: [
    ({ status }) => `the destination reports that it failed (status ${status})`,
    "The source fails the migration. The reason is in the log of the destination.",
  ],
} satisfies Wordings;
