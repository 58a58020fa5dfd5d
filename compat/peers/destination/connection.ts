import { concat } from "../../../codec/layout/bytes.ts";
import { StreamCursor } from "../../../codec/layout/index.ts";
import { openFile, type QemuFile } from "../qemu-file.ts";

/** A connection to a destination. */
export interface Connection {
  readonly number: number;
  readonly file: QemuFile;
  /** What arrived and was not handed to a reader yet. */
  readonly queue: Uint8Array[];
  /** Bytes in `queue`. */
  queued: number;
  /** The other side closed it. */
  closed: boolean;
  /** Nobody will read what comes. */
  dropped: boolean;
}

const NOTHING = new Uint8Array(0);
/** Pieces below this are put together where many wait. */
const SMALL = 1 << 16;

export function createConnection(number: number): Connection {
  const file = openFile(new StreamCursor(), number);
  file.heeded = true;
  const connection: Connection = { number, file, queue: [], queued: 0, closed: false, dropped: false };
  file.queued = () => connection.queued;
  return connection;
}

/** Hands the next piece over to the reader that waits for one; false if there is none. */
export function feed(connection: Connection): boolean {
  const { file, queue, closed } = connection;
  const { cursor } = file;
  for (;;) {
    const chunk = queue.shift();
    if (!chunk) break;
    connection.queued -= chunk.length;
    cursor.push(chunk);
    if (!cursor.passes()) return true;
  }
  if (!closed || cursor.ended) return false;
  cursor.finish();
  return true;
}

/** Copies what was not read of `lent`, which its owner wants back. */
export function keep({ file: { cursor }, queue }: Connection, lent: Uint8Array): void {
  const last = queue.length - 1;
  if (queue[last] === lent) {
    queue[last] = lent.slice();
    join(queue);
  }
  const atHand = cursor.end - cursor.at;
  const isLent = cursor.bytes === lent && atHand > 0;
  if (isLent || cursor.inputEnd > cursor.offset + atHand) cursor.unread(NOTHING);
}

/** Puts small pieces together, each of which is copied a few times only. */
function join(queue: Uint8Array[]): void {
  while (true) {
    const [before, last] = queue.slice(-2);
    if (!before || !last || last.length < before.length || last.length > SMALL) return;
    queue.splice(-2, 2, concat([before, last]));
  }
}

/** Forgets what was not read, and what is still to come. */
export function drop(connection: Connection): void {
  connection.dropped = true;
  connection.queue.length = 0;
  connection.queued = 0;
}
