/** One line of /proc/locks. */
export interface LockEntry {
  /** `POSIX`, `FLOCK`, `OFDLCK`, `LEASE`, `DELEG`. */
  readonly kind: string;
  readonly access: string;
  /** Null where the kernel does not tell: locks of an open file have no process. */
  readonly pid: number | null;
  /** Device of the file system and inode, as the kernel writes them. */
  readonly file: string;
}

const LINE =
  /^\d+: (?<waits>-> )?(?<kind>[A-Z]+) +\S+ +(?<access>[A-Z]+) +(?<pid>-?\d+) (?<file>[0-9a-f]+:[0-9a-f]+:\d+) /;

/** Reads /proc/locks. Those that only wait for a lock hold none. */
export function readLockTable(text: string): readonly LockEntry[] {
  return text.split("\n").flatMap((line) => {
    const { waits, kind, access, pid, file } = LINE.exec(line)?.groups ?? {};
    if (waits !== undefined || !kind || !access || !file) return [];
    return [{ kind, access, pid: Number(pid) > 0 ? Number(pid) : null, file }];
  });
}

/** How the kernel names a file in its table of locks, taken from a lock that we hold on it ourselves. */
export function nameInTable(fdinfo: string): string | undefined {
  return /^lock:.* ([0-9a-f]+:[0-9a-f]+:\d+) /m.exec(fdinfo)?.[1];
}

/** The same from what `stat` says, for each device the file may be counted to. */
export function namesByStat(devices: readonly string[], inode: bigint): readonly string[] {
  return devices.map((device) => {
    const [major, minor] = device.split(":").map((part) => Number(part).toString(16).padStart(2, "0"));
    return `${major}:${minor}:${inode}`;
  });
}

/** `major:minor` of a `st_dev`. */
export function deviceOf(dev: bigint): string {
  const major = ((dev >> 8n) & 0xfffn) | ((dev >> 32n) & 0xfffff000n);
  const minor = (dev & 0xffn) | ((dev >> 12n) & 0xffffff00n);
  return `${major}:${minor}`;
}

/** `major:minor` of the mount that an open file was found on; btrfs and overlays give their files other numbers. */
export function deviceOfMount(fdinfo: string, mountinfo: string): string | undefined {
  const mount = /^mnt_id:\s*(\d+)$/m.exec(fdinfo)?.[1];
  const line = mountinfo.split("\n").find((entry) => entry.startsWith(`${mount} `));
  return line?.split(" ")[2];
}
