import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const MACHINE = "pc-i440fx-5.2";
const PATIENCE_MS = 90_000;
/** For a daemon-less driver of our own: it asks nobody, confines nobody and writes its consoles itself. */
const QEMU_CONF = `user = "root"
group = "root"
dynamic_ownership = 0
remember_owner = 0
security_driver = "none"
cgroup_controllers = [ ]
namespaces = [ ]
stdio_handler = "file"
`;

/** A libvirt that lives within virsh, with all its files in one directory. */
export interface Libvirt {
  readonly version: string;
  /** Where guests find their firmware, and what else the test puts there. */
  readonly directory: string;
  /** A firmware that only halts: guests are restored into the middle of their own. */
  readonly firmware: string;
  /** Runs commands in one virsh: guests that they start are gone with it. */
  virsh(...commands: readonly string[]): string;
  close(): void;
}

/** Undefined where libvirt, its QEMU driver or a QEMU with the machine of the recordings is missing. */
export function startLibvirt(): Libvirt | undefined {
  const machines = spawnSync("qemu-system-x86_64", ["-machine", "help"], { encoding: "utf8" });
  if (machines.error || !machines.stdout.includes(MACHINE)) return undefined;
  if (spawnSync("virsh", ["--version"]).status !== 0) return undefined;
  const directory = mkdtempSync(join(tmpdir(), "mw-lv-"));
  mkdirSync(join(directory, "etc"));
  writeFileSync(join(directory, "etc", "qemu.conf"), QEMU_CONF);
  const firmware = join(directory, "halt.bin");
  writeFileSync(firmware, haltingFirmware());
  const close = () => {
    killLeftGuests(join(directory, "run", "qemu"));
    rmSync(directory, { recursive: true, force: true });
  };
  const virsh = (...commands: readonly string[]) => {
    const args = ["-c", `qemu:///embed?root=${directory}`, commands.join("; ")];
    const { stdout, stderr } = spawnSync("virsh", args, { encoding: "utf8", timeout: PATIENCE_MS });
    return `${stdout}${stderr}`;
  };
  const version = /Using library: libvirt ([\d.]+)/.exec(virsh("version"))?.[1];
  if (version !== undefined && virsh("capabilities").includes(MACHINE))
    return { version, directory, firmware, virsh, close };
  close();
  return undefined;
}

/** 64 KiB of `hlt`, and at the place where a processor begins: cli, hlt, and again. */
function haltingFirmware(): Uint8Array {
  const rom = new Uint8Array(1 << 16).fill(0xf4);
  rom.set([0xfa, 0xf4, 0xeb, 0xfd], rom.length - 16);
  return rom;
}

/** Guests whose virsh was ended by its time limit. */
function killLeftGuests(directory: string): void {
  try {
    for (const name of readdirSync(directory))
      if (name.endsWith(".pid")) process.kill(Number(readFileSync(join(directory, name), "utf8")), "SIGKILL");
  } catch {
    // None was left.
  }
}
