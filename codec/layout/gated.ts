import type { StructDef } from "./fields.ts";
import type { StructValue } from "./struct.ts";

/** A message that `encode` writes only for those whom its owner admits: one value of a number of a table. */
export interface GatedMessage {
  readonly table: StructDef;
  readonly field: string;
  readonly value: number;
  /** What the message belongs to, for the error. */
  readonly feature: string;
}

const closed = new WeakMap<StructDef, GatedMessage[]>();
const admitted = new WeakMap<object, GatedMessage>();

/**
 * Closes a message to `encode`. Returns the only way to open it again: a function that admits a key, which is an object by
 * its identity, so that nothing that merely looks like one is taken.
 */
export function closeMessage(message: GatedMessage): (key: object) => void {
  const { table, field, value, feature } = message;
  const others = closed.get(table) ?? [];
  const other = others.find((one) => one.field === field && one.value === value);
  if (other)
    throw new TypeError(`${table.name}.${field} ${value} belongs to ${other.feature}, not ${feature}`);
  closed.set(table, [...others, message]);
  return (key) => {
    admitted.set(key, message);
  };
}

/** Throws a TypeError for a message that is closed and not opened by this key. */
export function checkClosed(table: StructDef, value: StructValue, key: object | undefined): void {
  for (const message of closed.get(table) ?? [])
    if (value[message.field] === message.value && (!key || admitted.get(key) !== message))
      throw new TypeError(
        `${table.name}.${message.field}: ${message.value} is gated by ${message.feature}, and no allowed gate was given`,
      );
}
