import type { Errno } from "../main-channel/load.ts";

const NUMBERS: Readonly<Record<Errno, number>> = {
  EPERM: 1,
  ENOENT: 2,
  EIO: 5,
  EAGAIN: 11,
  ENOMEM: 12,
  EEXIST: 17,
  ENODEV: 19,
  EINVAL: 22,
  ERANGE: 34,
  ENOTSUP: 95,
};

/** An error as Linux's functions return it, and as some messages tell it. */
export function negative(errno: Errno): number {
  return -NUMBERS[errno];
}
