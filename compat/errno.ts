/** Error numbers of Linux, with the words of strerror(). */
export const ERRNOS = {
  EPERM: { number: 1, text: "Operation not permitted" },
  ENOENT: { number: 2, text: "No such file or directory" },
  EINTR: { number: 4, text: "Interrupted system call" },
  EIO: { number: 5, text: "Input/output error" },
  EBADF: { number: 9, text: "Bad file descriptor" },
  EAGAIN: { number: 11, text: "Resource temporarily unavailable" },
  ENOMEM: { number: 12, text: "Cannot allocate memory" },
  EACCES: { number: 13, text: "Permission denied" },
  EFAULT: { number: 14, text: "Bad address" },
  EBUSY: { number: 16, text: "Device or resource busy" },
  EEXIST: { number: 17, text: "File exists" },
  ENODEV: { number: 19, text: "No such device" },
  EINVAL: { number: 22, text: "Invalid argument" },
  ENOSPC: { number: 28, text: "No space left on device" },
  ESPIPE: { number: 29, text: "Illegal seek" },
  EROFS: { number: 30, text: "Read-only file system" },
  EPIPE: { number: 32, text: "Broken pipe" },
  ERANGE: { number: 34, text: "Numerical result out of range" },
  ENAMETOOLONG: { number: 36, text: "File name too long" },
  EPROTO: { number: 71, text: "Protocol error" },
  ENOTSUP: { number: 95, text: "Operation not supported" },
  ECONNABORTED: { number: 103, text: "Software caused connection abort" },
  ECONNRESET: { number: 104, text: "Connection reset by peer" },
  ENOBUFS: { number: 105, text: "No buffer space available" },
  ENOTCONN: { number: 107, text: "Transport endpoint is not connected" },
  ETIMEDOUT: { number: 110, text: "Connection timed out" },
  ECONNREFUSED: { number: 111, text: "Connection refused" },
  EHOSTUNREACH: { number: 113, text: "No route to host" },
} as const;
export type ErrnoName = keyof typeof ERRNOS;

/** An error as Linux's functions return it, and as some messages tell it. */
export function negative(errno: ErrnoName): number {
  return -ERRNOS[errno].number;
}
