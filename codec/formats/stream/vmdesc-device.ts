import { DecodeError } from "../../layout/index.ts";

/** One field on the wire. Origin: QEMU migration/vmstate.c, vmsd_desc_field_start(). */
export interface FieldDescription {
  readonly name: string;
  /** Name of QEMU's VMStateInfo, or "struct" or "vstruct". */
  readonly type: string;
  /** Bytes on the wire, of the first element when there is an `arrayLength`. */
  readonly size: number;
  /** Elements that follow each other; QEMU describes the first one only. */
  readonly arrayLength?: number;
  /** Position in an array whose elements are described one by one. */
  readonly index?: number;
  readonly struct?: StateDescription;
}

/** Fields, then subsections, in wire order. Origin: QEMU migration/vmstate.c, vmstate_save_vmsd_v(). */
export interface StateDescription {
  /** vmsd_name. Absent for a device that writes its bytes without a table (vmstate_save_old_style()). */
  readonly name?: string;
  readonly version?: number;
  readonly fields: readonly FieldDescription[];
  readonly subsections: readonly StateDescription[];
}

/** One element of "devices". Origin: QEMU migration/savevm.c, vmstate_save(). */
export interface DeviceDescription {
  readonly idstr: string;
  readonly instance: number;
  readonly state: StateDescription;
  /** Bytes of the payload; only written for devices without a table. */
  readonly size?: number;
}

const LONGEST_NAME = 1024;
const LARGEST_INT = 0x7fffffff;
const LARGEST_UINT = 0xffffffff;
const LARGEST_PAGE = 1 << 30;

type Members = { readonly [name: string]: unknown };

// The checks below throw a DecodeError whose path says where in the JSON; its offset is left to the caller.

export function deviceOf(json: unknown): DeviceDescription {
  const path = "device";
  const members = objectOf(json, path);
  const size = optionalInteger(members, "size", path, LARGEST_UINT);
  return {
    idstr: textOf(members, "name", path),
    // An int before 5.1, and still the same 32 bits on the wire.
    instance: integerOf(members, "instance_id", path, -LARGEST_INT - 1, LARGEST_UINT) >>> 0,
    state: stateOf(members, path),
    ...(size === undefined ? {} : { size }),
  };
}

export function stateOf(json: unknown, path: string): StateDescription {
  const members = objectOf(json, path);
  const name = members.vmsd_name === undefined ? undefined : textOf(members, "vmsd_name", path);
  const version = optionalInteger(members, "version", path, LARGEST_INT);
  const fields = arrayOf(members.fields, `${path}.fields`);
  const subsections = arrayOf(members.subsections ?? [], `${path}.subsections`);
  return {
    ...(name === undefined ? {} : { name }),
    ...(version === undefined ? {} : { version }),
    fields: fields.map((field, at) => fieldOf(field, `${path}.fields[${at}]`)),
    subsections: subsections.map((state, at) => stateOf(state, `${path}.subsections[${at}]`)),
  };
}

/** The target's page size in bytes. */
export function pageSizeOf(json: unknown): number {
  return integerOf({ page_size: json }, "page_size", "", 1, LARGEST_PAGE);
}

function fieldOf(json: unknown, path: string): FieldDescription {
  const members = objectOf(json, path);
  const type = textOf(members, "type", path);
  const arrayLength = optionalInteger(members, "array_len", path, LARGEST_INT);
  const index = optionalInteger(members, "index", path, LARGEST_INT);
  const struct = structOf(members, type, path);
  return {
    name: textOf(members, "name", path),
    type,
    size: integerOf(members, "size", path, 0, LARGEST_UINT),
    ...(arrayLength === undefined ? {} : { arrayLength }),
    ...(index === undefined ? {} : { index }),
    ...(struct === undefined ? {} : { struct }),
  };
}

/**
 * QEMU puts a struct's description into a member of the field, and a vstruct's among the members of the field itself.
 * So do "tmp", "qtailq", "gtree" and "qlist", but once per element into the same object: JSON.parse keeps the last, and
 * none of them tells how many elements there are. Those stay bytes.
 */
function structOf(members: Members, type: string, path: string): StateDescription | undefined {
  if (type === "struct") return stateOf(members.struct, `${path}.struct`);
  return type === "vstruct" ? stateOf(members, path) : undefined;
}

function objectOf(value: unknown, path: string): Members {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Members;
  return refuse(path, "an object", value);
}

function arrayOf(value: unknown, path: string): readonly unknown[] {
  return Array.isArray(value) ? value : refuse(path, "an array", value);
}

function textOf(members: Members, key: string, path: string): string {
  const value = members[key];
  if (typeof value === "string" && value.length <= LONGEST_NAME) return value;
  return refuse(`${path}.${key}`, `text of at most ${LONGEST_NAME} characters`, value);
}

function integerOf(members: Members, key: string, path: string, least: number, most: number): number {
  const value = members[key];
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
  return refuse(`${path}.${key}`, `an integer of ${least} to ${most}`, value);
}

function optionalInteger(members: Members, key: string, path: string, most: number): number | undefined {
  return members[key] === undefined ? undefined : integerOf(members, key, path, 0, most);
}

function refuse(path: string, expected: string, value: unknown): never {
  const isTree = typeof value === "object" && value !== null;
  const found = isTree ? (Array.isArray(value) ? "an array" : "an object") : String(value).slice(0, 40);
  throw new DecodeError({ code: "value-unknown", path, offset: 0, expected, found });
}
