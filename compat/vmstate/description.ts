/** A field as `-dump-vmstate` tells it. */
export interface DumpField {
  readonly name: string;
  /** The version of its description that has it first. */
  readonly version: number;
  /** Whether it is there is asked at run time. */
  readonly conditional: boolean;
  /** Elements of an array whose length is fixed; dumps of old releases do not tell it. */
  readonly count?: number;
  /** Bytes of an element in memory, which of a struct are not those on the wire. */
  readonly size: number;
  readonly struct?: DumpDescription;
}

/** State as `-dump-vmstate` tells it: what QEMU calls a VMStateDescription. */
export interface DumpDescription {
  readonly name: string;
  readonly version: number;
  readonly minimum: number;
  /** Undefined: the state cannot be migrated. */
  readonly fields?: readonly DumpField[];
  readonly subsections: readonly DumpDescription[];
}

/** What a `-dump-vmstate` says. */
export interface Dump {
  /** Null where it does not tell. */
  readonly machine: string | null;
  /** Whether it tells the lengths of arrays, as dumps since 8.0 or so do. */
  readonly countsTold: boolean;
  /** By the name of the device's type. */
  readonly devices: ReadonlyMap<string, DumpDescription>;
}

/** A description by the name that sections have, and the types of device that it is for. */
export interface NamedDescription {
  readonly types: readonly string[];
  readonly description: DumpDescription;
}

/** All descriptions of a name: one for each layout that devices of that name have. */
export function byName({ devices }: Pick<Dump, "devices">): ReadonlyMap<string, readonly NamedDescription[]> {
  const names = new Map<string, { types: string[]; description: DumpDescription; text: string }[]>();
  for (const [type, description] of devices) {
    const text = JSON.stringify(description);
    const alike = names.get(description.name) ?? [];
    if (alike.length === 0) names.set(description.name, alike);
    const same = alike.find((each) => each.text === text);
    if (same) same.types.push(type);
    else alike.push({ types: [type], description, text });
  }
  return names;
}

/** The name of a section's state: what stands behind the path of its device. */
export function stateName(idstr: string): string {
  return idstr.slice(idstr.lastIndexOf("/") + 1);
}
