import { DecodeError, decodeText, hexText, read, type Span } from "../../layout/index.ts";
import { SubsectionHeader } from "./qemu-file.ts";
import type { FieldDescription, StateDescription } from "./vmdesc-device.ts";
import { leafOf } from "./vmstate-leaf.ts";

/**
 * Integers up to 32 bits are numbers, those of 64 bits decimal strings, bytes are lower-case hex. Long bytes are shown
 * by their beginning, as `{ bytes, head }`.
 */
export type FieldValue = number | string | boolean | null | FieldValue[] | DeviceFields;

/** Keys in wire order. A key may have any name, `__proto__` too: read with Object.hasOwn or Object.entries. */
export interface DeviceFields {
  [name: string]: FieldValue;
}

export interface StateSpan {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly value: unknown;
  /** Name of QEMU's VMStateInfo, or kind of a field of the subsection header. */
  readonly type: string;
}

export interface StateOptions {
  /** Absolute offset of `payload[0]`. */
  readonly base: number;
  readonly path: string;
  readonly trace?: (span: StateSpan) => void;
}

export interface StateProblem {
  readonly offset: number;
  readonly path: string;
  readonly expected: string;
  readonly found: string;
  readonly need?: number;
  readonly have?: number;
}

export interface DecodedState {
  readonly fields: DeviceFields;
  readonly consumed: number;
  readonly problem?: StateProblem;
}

/** Structs within structs. */
const DEEPEST = 64;
/** Values that need not have bytes of their own, and values in all: what a description can ask for is bounded. */
const SPARE_VALUES = 1 << 16;
const MOST_VALUES = 1 << 19;

interface State {
  readonly payload: Uint8Array;
  readonly base: number;
  readonly trace: ((span: StateSpan) => void) | undefined;
  at: number;
  /** Values that may still come. */
  left: number;
}

/** The object that a description's fields go to. */
interface Target {
  readonly out: DeviceFields;
  readonly path: string;
  readonly depth: number;
}

/**
 * Decodes a device's state as its description says. Never throws: what cannot be is a problem, and the fields before it
 * are returned. Subsections stand under their full names.
 *
 * An array is what the description says in any of QEMU's ways: one field with an `arrayLength`, fields with an `index`,
 * or just fields of the same name, such as the null and other elements of an array of pointers.
 */
export function decodeState(
  description: StateDescription,
  payload: Uint8Array,
  options: StateOptions,
): DecodedState {
  const { base, path, trace } = options;
  const left = Math.min(payload.length + SPARE_VALUES, MOST_VALUES);
  const state: State = { payload, base, trace, at: 0, left };
  const fields: DeviceFields = {};
  try {
    readState(state, description, { out: fields, path, depth: 0 });
    return { fields, consumed: state.at };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return { fields, consumed: state.at, problem: problemOf(error) };
  }
}

function problemOf(error: DecodeError): StateProblem {
  const { path, offset, need, have } = error;
  if (need === undefined || have === undefined)
    return { offset, path, expected: error.expected ?? "", found: error.found ?? "" };
  return { offset, path, expected: `${need} bytes`, found: `${have} left`, need, have };
}

function readState(state: State, description: StateDescription, target: Target): void {
  const { out, path, depth } = target;
  if (depth > DEEPEST)
    refuse(state.base + state.at, path, `at most ${DEEPEST} structs within each other`, "more");
  for (const field of description.fields) {
    const count = field.arrayLength ?? 1;
    for (let i = 0; i < count; i++) readElement(state, field, target);
    if (count > 0) continue;
    spend(state, path);
    if (!Object.hasOwn(out, field.name)) put(out, field.name, []);
  }
  for (const subsection of description.subsections) readSubsection(state, subsection, target);
}

function readElement(state: State, field: FieldDescription, { out, path, depth }: Target): void {
  spend(state, path);
  const { name, struct, arrayLength, index } = field;
  const where = () => `${path}.${placeOf(out, name, (arrayLength ?? index) !== undefined)}`;
  if (!struct) append(out, name, readLeaf(state, field, where));
  else readState(state, struct, { path: where(), out: nest(out, name), depth: depth + 1 });
}

function readLeaf(state: State, field: FieldDescription, where: () => string): FieldValue {
  const { type } = field;
  const { base, at: start, trace } = state;
  // Names of capabilities differ in length, the description knows that of the first. Origin: put_capability().
  const isText = type === "capability";
  const bytes = take(state, isText ? 1 + (state.payload[start] ?? 0) : field.size, where);
  const leaf = isText ? { value: decodeText(bytes.subarray(1)) } : leafOf(type, bytes);
  if (!("value" in leaf)) {
    state.at = start;
    return refuse(base + start, where(), leaf.expected, hexText(bytes.subarray(0, 16)));
  }
  if (bytes.length > 0)
    trace?.({ path: where(), start: base + start, end: base + state.at, value: leaf.value, type });
  return leaf.value;
}

/** Origin: QEMU migration/vmstate.c, vmstate_subsection_save(). */
function readSubsection(state: State, described: StateDescription, { out, path, depth }: Target): void {
  spend(state, path);
  const { payload, base, at, trace } = state;
  const within = `${path}.${placeOf(out, described.name ?? "subsection")}`;
  const spans: Span[] = [];
  const listen = trace ? { trace: (span: Span) => spans.push(span) } : {};
  const { value: header, end } = read(SubsectionHeader, payload, { at, base, within, ...listen });
  const { idstr } = header;
  const { name = idstr } = described;
  if (name !== idstr) refuse(base + at + 2, `${within}.${SubsectionHeader.name}.idstr`, name, idstr);
  for (const { field, ...span } of spans) trace?.({ ...span, type: field.kind });
  state.at = end;
  readState(state, described, { path: within, out: nest(out, idstr), depth: depth + 1 });
}

/** Where the next element of a field goes. */
function placeOf(out: DeviceFields, name: string, isElement = false): string {
  const before = Object.hasOwn(out, name) ? out[name] : undefined;
  if (before === undefined) return isElement ? `${name}[0]` : name;
  return `${name}[${Array.isArray(before) ? before.length : 1}]`;
}

/** A name that comes again makes an array, as in QEMU's scripts/analyze-migration.py. */
function append(out: DeviceFields, name: string, value: FieldValue): void {
  const before = Object.hasOwn(out, name) ? out[name] : undefined;
  if (before === undefined) put(out, name, value);
  else if (Array.isArray(before)) before.push(value);
  else put(out, name, [before, value]);
}

/** An object is put in its place before it is filled, so that a problem within does not take it away. */
function nest(out: DeviceFields, name: string): DeviceFields {
  const inner: DeviceFields = {};
  append(out, name, inner);
  return inner;
}

function put(out: DeviceFields, name: string, value: FieldValue): void {
  if (name === "__proto__")
    Object.defineProperty(out, name, { value, configurable: true, enumerable: true, writable: true });
  else out[name] = value;
}

function take(state: State, need: number, where: () => string): Uint8Array {
  const { at, base } = state;
  const have = state.payload.length - at;
  if (!(Number.isInteger(need) && need >= 0 && need <= have))
    throw new DecodeError({ code: "truncated", path: where(), offset: base + at, need, have });
  state.at = at + need;
  return state.payload.subarray(at, at + need);
}

/** Counts a value, so that neither time nor memory depends on the lengths of arrays alone. */
function spend(state: State, path: string): void {
  state.left -= 1;
  if (state.left < 0) refuse(state.base + state.at, path, "fewer values", "more than the payload is worth");
}

function refuse(offset: number, path: string, expected: string, found: string): never {
  throw new DecodeError({ code: "value-unknown", path, offset, expected, found });
}
