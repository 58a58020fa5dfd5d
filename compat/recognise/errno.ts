import { ERRNOS, type ErrnoName } from "../errno.ts";

/** An error number of Linux, with the words of strerror(). */
export interface Errno {
  readonly name: ErrnoName;
  readonly number: number;
  readonly text: string;
  /** What it tells about a migration where the message has nothing better. */
  readonly meaning: string;
}

const MEANINGS: Readonly<Record<ErrnoName, string>> = {
  EPERM:
    "Refused without a system call behind it: QEMU uses it where a command comes in a state that does not allow it.",
  ENOENT: "The file, socket, node or section that was named does not exist on this side.",
  EINTR: "A signal came in between.",
  EIO: "The bytes ended too early or the connection broke: the reason is mostly on the other side, so read its log.",
  EBADF: "The connection was closed already, by this process itself.",
  EAGAIN: "Bytes that had to be there were not there yet, or never came.",
  ENOMEM: "There is not enough memory, or a length in the stream is absurd.",
  EACCES: "The process may not open this: file mode, owner, AppArmor or SELinux.",
  EFAULT: "Memory that was named is not there.",
  EBUSY: "It is in use already.",
  EEXIST: "It is there already.",
  ENODEV: "The node or device that the stream names does not exist here.",
  EINVAL: "What the stream says does not fit this side: the line above it says what.",
  ENOSPC: "The disk is full.",
  ESPIPE: "It is a pipe where a file is needed.",
  EROFS: "Nothing can be written there.",
  EPIPE: "The other side has closed the connection: it failed or exited first, so its log has the reason.",
  ERANGE: "A message has a length that its kind does not have.",
  ENAMETOOLONG: "A name is longer than the format has room for.",
  EPROTO: "The two sides do not speak the same protocol.",
  ENOTSUP: "This build, host or file system cannot do it.",
  ECONNABORTED: "This host ended the connection.",
  ECONNRESET:
    "The other process went away with bytes unread: it failed or was killed first, so its log has the reason.",
  ENOBUFS: "The kernel has no room for what was to be sent.",
  ENOTCONN: "The connection had ended already.",
  ETIMEDOUT: "Nothing answered: a firewall, a dead host or a broken network.",
  ECONNREFUSED: "Nothing listens there: the destination is not started, has exited, or listens elsewhere.",
  EHOSTUNREACH: "The network does not lead there.",
};

const ALL = Object.keys(MEANINGS).map((key): Errno => {
  const name = key as ErrnoName;
  return { name, ...ERRNOS[name], meaning: MEANINGS[name] };
});

const BY_SQUEEZED = ALL.map((each) => [each.text.replaceAll(" ", ""), each] as const);

/** The errno whose words stand in a squeezed text at a place. */
export function errnoAt(
  squeezed: string,
  at: number,
): { readonly errno: Errno; readonly end: number } | undefined {
  for (const [text, each] of BY_SQUEEZED)
    if (squeezed.startsWith(text, at)) return { errno: each, end: at + text.length };
  return undefined;
}

/** The errno with these words. */
export function errnoOfText(text: string): Errno | undefined {
  return ALL.find((each) => each.text === text);
}

/** The errno that a negative number stands for; -1 is what those return who do not tell one. */
export function errnoOfNumber(number: number): Errno | undefined {
  if (number === -1) return undefined;
  return ALL.find((each) => each.number === -number);
}
