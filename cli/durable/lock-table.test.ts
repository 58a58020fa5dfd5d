import { describe, expect, it } from "vitest";
import { deviceOf, deviceOfMount, nameInTable, namesByStat, readLockTable } from "./lock-table.ts";

const TABLE = `1: FLOCK  ADVISORY  WRITE 612 00:2d:4711 0 EOF
2: POSIX  ADVISORY  READ 77 08:01:99 128 255
2: -> POSIX  ADVISORY  WRITE 78 08:01:99 128 255
3: OFDLCK ADVISORY  WRITE -1 fd:00:5 0 0
4: LEASE  ACTIVE    READ 9 00:2d:4711 0 EOF
5: POSIX  MANDATORY WRITE 10 <none>:0 0 EOF
`;

describe("the kernel's table of locks", () => {
  it("is read without those that only wait, and without what is no lock", () => {
    expect(readLockTable(TABLE)).toEqual([
      { kind: "FLOCK", access: "WRITE", pid: 612, file: "00:2d:4711" },
      { kind: "POSIX", access: "READ", pid: 77, file: "08:01:99" },
      { kind: "OFDLCK", access: "WRITE", pid: null, file: "fd:00:5" },
      { kind: "LEASE", access: "READ", pid: 9, file: "00:2d:4711" },
    ]);
  });

  it("names a file as a lock of our own shows it", () => {
    const fdinfo =
      "pos:\t0\nflags:\t0100002\nmnt_id:\t31\nino:\t5\nlock:\t1: FLOCK  ADVISORY  WRITE 612 00:2d:4711 0 EOF\n";
    expect(nameInTable(fdinfo)).toBe("00:2d:4711");
    expect(nameInTable("pos:\t0\nmnt_id:\t31\n")).toBe(undefined);
  });

  it("names it by its device, and by the one of its mount", () => {
    expect(deviceOf(0xfd00n)).toBe("253:0");
    expect(deviceOf(0x0000_1000_0010_0b02n)).toBe("4107:258");
    expect(namesByStat(["253:0", "0:45"], 5n)).toEqual(["fd:00:5", "00:2d:5"]);
    const mounts = "30 1 8:1 / / rw - ext4 /dev/sda1 rw\n31 30 0:45 /x /mnt rw - btrfs /dev/sdb rw\n";
    expect(deviceOfMount("mnt_id:\t31\n", mounts)).toBe("0:45");
    expect(deviceOfMount("mnt_id:\t99\n", mounts)).toBe(undefined);
  });
});
