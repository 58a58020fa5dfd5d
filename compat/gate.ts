import {
  closeMessage,
  encode,
  type GatedMessage,
  type StructDef,
  type StructValue,
} from "../codec/layout/index.ts";
import { atLeast } from "./releases.ts";

/** What a user sets for a feature to be used. A parameter is off at `off`; on, it is a whole number in `range`. */
export type FeatureGate =
  | { readonly kind: "capability"; readonly name: string }
  | {
      readonly kind: "parameter";
      readonly name: string;
      readonly off: number;
      readonly range: readonly [least: number, most: number];
      /** A value to recommend. */
      readonly suggest: number;
    };

/** A message of one's own, or of a proposal, that only peers which negotiated it may see. */
export interface FeatureSpec {
  readonly id: string;
  /** The message by its table, the number in it that tells messages apart, and that number. */
  readonly wire: { readonly table: StructDef; readonly field: string; readonly value: number };
  readonly gate: FeatureGate;
  /** First release of each product that has it; a product that is not named has it where a peer's `features` say so. */
  readonly since: Readonly<Record<string, string>>;
}

export interface Feature extends FeatureSpec {
  readonly $feature: true;
}

/** One end of a migration, as far as it negotiates. */
export interface GatePeer {
  /** `qemu`, or a product of one's own. */
  readonly product: string;
  readonly version: string;
  /** As set, or as it would be told by query-migrate-capabilities. */
  readonly capabilities?: Readonly<Record<string, boolean>>;
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Ids of features that its build has beyond what its release has. */
  readonly features?: readonly string[];
}

export type End = "source" | "destination";

export interface GateReason {
  readonly end: End;
  readonly why: "not-implemented" | "off" | "not-a-value";
  readonly text: string;
}

/** A QMP command that brings an end nearer to an allowed gate. */
export interface GateSetting {
  readonly end: End;
  readonly execute: "migrate-set-capabilities" | "migrate-set-parameters";
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** What was found about one feature and two peers. Only one that `gate` itself returned opens the feature's message. */
export interface Gate {
  readonly feature: string;
  readonly allowed: boolean;
  /** Why not; empty when it is allowed. */
  readonly reasons: readonly GateReason[];
  /** What to set where the feature is there and only off; empty when an end does not have it at all. */
  readonly settings: readonly GateSetting[];
}

const admits = new WeakMap<Feature, (key: object) => void>();
const features = new WeakMap<Gate, Feature>();

/** Registers a feature. From here on `encode` refuses its message without an allowed gate. Throws a TypeError for a bad one. */
export function defineFeature(spec: FeatureSpec): Feature {
  const { id, wire, gate: by } = spec;
  const field = wire.table.fields[wire.field];
  if (id === "") throw new TypeError("a feature needs an id");
  if (field?.kind !== "u8" && field?.kind !== "u16" && field?.kind !== "u32")
    throw new TypeError(`${id}: ${wire.table.name} has no number called ${wire.field}`);
  if (by.kind === "parameter") {
    const [least, most] = by.range;
    const whole = [by.off, least, most, by.suggest].every(Number.isSafeInteger);
    if (!whole || least > most || !isOn(by, by.suggest))
      throw new TypeError(`${id}: off, range and suggestion of ${by.name} do not agree`);
  }
  const feature: Feature = Object.freeze({ ...spec, $feature: true as const });
  const message: GatedMessage = { ...wire, feature: id };
  admits.set(feature, closeMessage(message));
  return feature;
}

/** Whether two peers may use a feature, why not, and what would have to be set. */
export function gate(feature: Feature, source: GatePeer, destination: GatePeer): Gate {
  const admit = admits.get(feature);
  if (!admit) throw new TypeError("not a feature that defineFeature returned");
  const ends: readonly (readonly [End, GatePeer])[] = [
    ["source", source],
    ["destination", destination],
  ];
  const reasons = ends.flatMap(([end, peer]) => objection(feature, end, peer));
  const hopeless = reasons.some(({ why }) => why === "not-implemented");
  const settings = hopeless ? [] : reasons.map(({ end }) => settingFor(feature.gate, end));
  const verdict: Gate = Object.freeze({
    feature: feature.id,
    allowed: reasons.length === 0,
    reasons: Object.freeze(reasons),
    settings: Object.freeze(settings),
  });
  features.set(verdict, feature);
  if (verdict.allowed) admit(verdict);
  return verdict;
}

/** Bytes of a feature's message; `value` is the rest of its table. Throws a TypeError without an allowed gate. */
export function encodeGated(allowed: Gate, value: StructValue = {}): Uint8Array<ArrayBuffer> {
  const feature = features.get(allowed);
  if (!feature) throw new TypeError("not a gate that gate() returned");
  const { table, field, value: number } = feature.wire;
  return encode<StructDef["fields"]>(table, { ...value, [field]: number }, { gate: allowed });
}

function objection(feature: Feature, end: End, peer: GatePeer): GateReason[] {
  const { id, gate: by } = feature;
  const name = `${peer.product} ${peer.version}`;
  if (!implementsIt(feature, peer)) {
    const knows = Object.hasOwn(feature.since, peer.product)
      ? `; ${peer.product} ${feature.since[peer.product]} is the first that has`
      : "";
    const text = `the ${end}, ${name}, does not have ${id}${knows}: leave ${by.name} off at the other end`;
    return [{ end, why: "not-implemented", text }];
  }
  const settings: Readonly<Record<string, unknown>> =
    (by.kind === "capability" ? peer.capabilities : peer.parameters) ?? {};
  const set = Object.hasOwn(settings, by.name) ? settings[by.name] : undefined;
  if (isOn(by, set)) return [];
  const isOff = set === undefined || set === (by.kind === "capability" ? false : by.off);
  const shown = String(set);
  const text = isOff
    ? `${by.name} is off at the ${end}, ${name}`
    : `${by.name} is ${shown} at the ${end}, ${name}: not ${by.kind === "capability" ? "on or off" : `a whole number from ${by.range.join(" to ")}`}`;
  return [{ end, why: isOff ? "off" : "not-a-value", text }];
}

function implementsIt({ id, since }: Feature, { product, version, features: own }: GatePeer): boolean {
  if (own?.includes(id)) return true;
  const first = Object.hasOwn(since, product) ? since[product] : undefined;
  return first !== undefined && /^\d+(\.\d+)*$/.test(version) && atLeast(version, first);
}

function isOn(by: FeatureGate, set: unknown): boolean {
  if (by.kind === "capability") return set === true;
  const [least, most] = by.range;
  return Number.isSafeInteger(set) && set !== by.off && Number(set) >= least && Number(set) <= most;
}

function settingFor(by: FeatureGate, end: End): GateSetting {
  return by.kind === "capability"
    ? {
        end,
        execute: "migrate-set-capabilities",
        arguments: { capabilities: [{ capability: by.name, state: true }] },
      }
    : { end, execute: "migrate-set-parameters", arguments: { [by.name]: by.suggest } };
}
