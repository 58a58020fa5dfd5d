import { linesOfQemu } from "../../compat/index.ts";
import { UsageError } from "../exit.ts";
import { printable } from "../printable.ts";

/** Releases that `--as all` stands for: the first of each line since 2.5, and the stable ones that were run. */
const RUN = ["7.2.22", "10.0.13", "11.1.3"];
const OLDEST = "2.5";

/** Peers named by `--as`, in the order given, each once. */
export function peersOf(names: readonly string[]): readonly string[] {
  const peers = names.flatMap((name) => name.split(",")).flatMap((name) => (name === "all" ? all() : [name]));
  for (const peer of peers)
    if (!/^(?:qemu|libvirt)-\d+\.\d+(?:\.\d+){0,2}$/.test(peer))
      throw new UsageError(
        `${printable(peer) || "an empty name"} is no peer: qemu-7.2.22 and libvirt-9.0.0 are, and all`,
      );
  return [...new Set(peers)];
}

function all(): string[] {
  const lines = linesOfQemu();
  return [...lines.slice(lines.indexOf(OLDEST)), ...RUN].map((version) => `qemu-${version}`);
}
