import type { ReadPeer } from "../../../compat/inventory/index.ts";
import type { Negotiation } from "../../../compat/negotiate.ts";
import type { GateAnswer } from "./gate.ts";

/** The document of `compat gate --json`. */
export function gateDocument({ source, destination, there, back }: GateAnswer) {
  return {
    format: "migwire/gate@1",
    source: peerOf(source),
    destination: peerOf(destination),
    ...directionOf(there),
    reverse: back && directionOf(back),
  };
}

function peerOf({ name, peer, arch, findings }: ReadPeer) {
  const { qemu, build, machine, cpus, memoryMiB, capabilities, parameters, states } = peer;
  return {
    name,
    qemu,
    build: build ?? null,
    arch: arch ?? null,
    machine: machine ?? null,
    cpus: cpus ?? null,
    memoryMiB: memoryMiB ?? null,
    capabilities: capabilities ?? {},
    parameters: parameters ?? {},
    told: {
      capabilities: states?.capabilities !== undefined,
      parameters: states?.parameters !== undefined,
      machines: states?.machines !== undefined,
    },
    findings,
  };
}

function directionOf({ machine, machineChosen, baseline, baselineIsSafe, features, wanted }: Negotiation) {
  return {
    machine,
    machineChosen,
    plain: { ...baseline, safe: baselineIsSafe },
    features,
    wanted,
  };
}
