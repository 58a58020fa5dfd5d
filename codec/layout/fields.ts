/** A number taken from an earlier field of the same struct: `field * times + plus`. */
export interface Reference {
  readonly field: string;
  readonly times?: number;
  readonly plus?: number;
}

export type Length = number | Reference;

/** When a conditional field is on the wire. `context` names what the bytes do not say, such as a negotiated capability. */
export type Condition =
  | { readonly field: string; readonly is: number }
  | { readonly field: string; readonly atLeast: number }
  | { readonly field: string; readonly bit: number }
  | { readonly context: string };

/** One named value of an enumeration, or one named bit of a flags field. */
export interface Named {
  readonly name: string;
  readonly doc: string;
  /** First and last QEMU release that has it. */
  readonly since?: string;
  readonly until?: string;
}

/** Keyed by value (enumerations) or by mask (flags). */
export type Names = Readonly<Record<number, Named>>;

interface Common {
  readonly doc: string;
  readonly when?: Condition;
  readonly since?: string;
  readonly until?: string;
}

export interface UintField extends Common {
  readonly kind: "u8" | "u16" | "u32";
  readonly equals?: number;
  readonly values?: Names;
  readonly format?: "hex";
  readonly unit?: string;
}

/** 64 bits as a bigint. `low` names flag bits that share the word with an address. */
export interface U64Field extends Common {
  readonly kind: "u64";
  readonly equals?: bigint;
  readonly low?: Names;
  readonly format?: "hex";
  readonly unit?: string;
}

/** 64 bits that must fit 2^53, decoded as a number. */
export interface Size64Field extends Common {
  readonly kind: "size64";
  readonly format?: "hex";
  readonly unit?: string;
}

/** A number with named bits. Bits that are not named survive a round trip. */
export interface FlagsField extends Common {
  readonly kind: "flags8" | "flags16" | "flags32";
  readonly bits: Names;
}

export interface BytesField extends Common {
  readonly kind: "bytes";
  readonly length: Length;
}

/** Counted bytes shown as text without losing a byte (see `text.ts`). */
export interface TextField extends Common {
  readonly kind: "text";
  readonly length: Length;
}

export interface UuidField extends Common {
  readonly kind: "uuid";
}

/** Not part of the decoded value; kept under `$extra` when it is not all zero. */
export interface ReservedField extends Common {
  readonly kind: "reserved";
  readonly length: number;
}

export interface NestedField extends Common {
  readonly kind: "struct";
  readonly of: StructDef;
}

export interface ArrayField extends Common {
  readonly kind: "array";
  readonly of: StructDef;
  readonly count: Length;
}

/** A struct chosen by an earlier field. Tags that are not listed are kept as `otherwise` bytes, or refused. */
export interface ChoiceField extends Common {
  readonly kind: "choice";
  readonly tag: string;
  readonly cases: Readonly<Record<number, StructDef>>;
  readonly otherwise?: Length;
}

export type Field =
  | UintField
  | U64Field
  | Size64Field
  | FlagsField
  | BytesField
  | TextField
  | UuidField
  | ReservedField
  | NestedField
  | ArrayField
  | ChoiceField;

export type Fields = Readonly<Record<string, Field>>;
export type Endian = "be" | "le";

export interface StructDef<F extends Fields = Fields> {
  readonly name: string;
  readonly endian: Endian;
  readonly doc: string;
  /** Project, file, function and release the layout was read from. */
  readonly source: string;
  /** What each `{ context }` condition of the struct stands for. */
  readonly context?: Readonly<Record<string, string>>;
  readonly fields: F;
}

type Options<F extends Field> = Omit<F, "kind" | "doc">;

/** Options may be left out only where a kind has none that it needs. */
type Rest<F extends Field, O> = Record<never, never> extends Options<F> ? [options?: O] : [options: O];

const scalar =
  <F extends Field>(kind: F["kind"]) =>
  <const O extends Options<F>>(doc: string, ...[options]: Rest<F, O>): { kind: F["kind"]; doc: string } & O =>
    ({ kind, doc, ...options }) as { kind: F["kind"]; doc: string } & O;

export const u8 = scalar<UintField & { kind: "u8" }>("u8");
export const u16 = scalar<UintField & { kind: "u16" }>("u16");
export const u32 = scalar<UintField & { kind: "u32" }>("u32");
export const u64 = scalar<U64Field>("u64");
export const size64 = scalar<Size64Field>("size64");
export const uuid = scalar<UuidField>("uuid");
export const flags8 = scalar<FlagsField & { kind: "flags8" }>("flags8");
export const flags16 = scalar<FlagsField & { kind: "flags16" }>("flags16");
export const flags32 = scalar<FlagsField & { kind: "flags32" }>("flags32");
export const bytes = scalar<BytesField>("bytes");
export const text = scalar<TextField>("text");
export const reserved = scalar<ReservedField>("reserved");
export const nested = scalar<NestedField>("struct");
export const array = scalar<ArrayField>("array");
export const choice = scalar<ChoiceField>("choice");
