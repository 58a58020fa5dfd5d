import type { ErrorText } from "../facts/error-text.ts";
import { type Said, say } from "../facts/error-text.ts";
import { type Fact, factsAt, type Lean, valueAt } from "../facts/fact.ts";
import type { PrintfValue } from "../facts/printf.ts";
import type { Mode, Scenario, ScenarioPeer, Transport } from "./scenario.ts";

/** A peer with every member, set or not: all have one shape, which factors are quicker with. */
export type WholePeer = { readonly [K in keyof ScenarioPeer]-?: ScenarioPeer[K] | undefined };

/** One end of a scenario, ready to be asked. */
export interface End {
  readonly role: "source" | "destination";
  /** Full version of QEMU. */
  readonly version: string;
  readonly peer: WholePeer;
  /** Whether a capability is set. */
  has(capability: string): boolean;
  /** A parameter as set, undefined where it is not. */
  set(parameter: string): unknown;
  /** What the facts say of this release. */
  value<T>(chapters: readonly Fact<T>[], lean?: Lean): T | undefined;
  /** A message of this release. */
  say(chapters: readonly Fact<ErrorText>[], ...values: readonly PrintfValue[]): Said | undefined;
}

/** Both ends and what is done. */
export interface Pair {
  readonly source: End;
  readonly destination: End;
  readonly transport: Transport;
  readonly mode: Mode;
  readonly scenario: Scenario;
}

const NOTHING: Readonly<Record<string, never>> = {};

export function endOf(role: End["role"], given: ScenarioPeer): End {
  const {
    qemu: version,
    build,
    machine,
    cpus,
    memoryMiB,
    uuid,
    devices,
    bitmaps,
    nodes,
    pageSizes,
    states,
  } = given;
  const { capabilities = NOTHING, parameters = NOTHING } = given;
  const later = factsAt(version, "later");
  return {
    role,
    version,
    peer: {
      qemu: version,
      build,
      machine,
      capabilities: given.capabilities,
      parameters: given.parameters,
      cpus,
      memoryMiB,
      uuid,
      devices,
      bitmaps,
      nodes,
      pageSizes,
      states,
    },
    has: (capability) => capabilities[capability] === true && Object.hasOwn(capabilities, capability),
    set(parameter) {
      const value = parameters[parameter];
      return value !== undefined && Object.hasOwn(parameters, parameter) ? value : undefined;
    },
    value: (chapters, lean) =>
      lean === "earlier" ? valueAt(chapters, version, lean) : later(chapters).value,
    say: (chapters, ...values) => say(chapters, version, ...values),
  };
}

export function pairOf(
  scenario: Scenario,
  source = endOf("source", scenario.source),
  destination = endOf("destination", scenario.destination),
): Pair {
  return {
    source,
    destination,
    transport: scenario.transport ?? "tcp",
    mode: scenario.mode ?? "precopy",
    scenario,
  };
}
