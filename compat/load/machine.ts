import { say } from "../facts/error-text.ts";
import { X86_MACHINES } from "../facts/qemu/machines/machines.ts";
import { MACHINE_HELP, MACHINE_UNSUPPORTED } from "../facts/qemu/machines/start.ts";
import { hasMachine } from "../peers/qemu-load/machine.ts";
import type { Stop } from "./ending.ts";
import type { LoadPeer } from "./peer.ts";
import type { LoadFinding, LoadVerdict } from "./result.ts";

export interface JudgedMachine {
  readonly verdict: LoadVerdict;
  readonly stop?: Stop;
  readonly findings: readonly LoadFinding[];
}

/** Whether a QEMU can be started with the machine type that the stream names. */
export function judgeMachine(peer: LoadPeer, machine: string | null): JudgedMachine {
  if (machine === null)
    return { verdict: "not-judged", findings: [finding("MACHINE_TOLD", "note", { qemu: peer.name })] };
  const known = peer.machines ? peer.machines.includes(machine) : hasMachine(machine, peer.qemu);
  const args = { machine, qemu: peer.name, sure: known !== undefined };
  if (known === undefined)
    return { verdict: "not-judged", findings: [finding("MACHINE_KNOWN", "note", args)] };
  if (known) return { verdict: "loads", findings: [] };
  const lines = [MACHINE_UNSUPPORTED, MACHINE_HELP].map((text) => say(text, peer.qemu, machine)?.text ?? "");
  const error = lines.filter((line) => line !== "").join("\n");
  const facts = [...X86_MACHINES, ...MACHINE_UNSUPPORTED].map(({ id }) => id);
  const refused = { ...finding("MACHINE_KNOWN", "error", args), facts };
  return { verdict: "refused", stop: { at: -2, step: "start", error, findings: [refused] }, findings: [] };
}

function finding(rule: string, level: LoadFinding["level"], args: LoadFinding["args"]): LoadFinding {
  return { rule, level, subject: "configuration", args, facts: [] };
}
