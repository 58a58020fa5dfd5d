import type { Finding } from "../finding.ts";

/** Why bytes of a VM state cannot be had, or not with certainty. */
export type Unmapped =
  | "unallocated"
  | "l1-too-short"
  | "table-misplaced"
  | "cluster-misplaced"
  | "zero-in-version-2"
  | "subclusters-contradict"
  | "reserved-bits"
  | "mapped-too-often"
  | "file-ends";

/** A run of the VM state, in the order that the guest wrote it. */
export type VmstateExtent = {
  /** Offset in the VM state. */
  readonly at: number;
  readonly length: number;
  /** What is to be said about the run. Of a `hole` only if somebody reads it. */
  readonly finding?: Finding;
} & (
  | {
      readonly kind: "data";
      /** Where it is in the file. */
      readonly offset: number;
    }
  /** Reads as zeros; a `hole` because nothing is allocated, which only a mapped-ram state has a use for. */
  | { readonly kind: "zero" | "hole" }
  | {
      /** One cluster, or what the VM state has of it. */
      readonly kind: "compressed";
      readonly offset: number;
      /** It ends within so many bytes. */
      readonly stored: number;
    }
  /** Cannot be read; QEMU fails here, or would read what is not the VM state. */
  | { readonly kind: "lost" }
);

/** A run without its place, as a table tells it. */
export type Piece =
  | { readonly kind: "data"; readonly length: number; readonly offset: number; readonly why?: Why }
  | { readonly kind: "zero"; readonly length: number }
  | {
      readonly kind: "compressed";
      readonly length: number;
      readonly offset: number;
      readonly stored: number;
    }
  | { readonly kind: "hole" | "lost"; readonly length: number; readonly why: Why };

/** Reason of a piece, and where the table says so. */
export interface Why {
  readonly reason: Unmapped;
  /** In the file. */
  readonly offset: number;
  readonly found: string;
}

/** Joins pieces that go on where the last one ended. */
export interface Run {
  /** Takes a piece; gives back the extent before it if that has come to its end. */
  add(piece: Piece): VmstateExtent | undefined;
  /** The extent that was not given back yet. */
  rest(): VmstateExtent | undefined;
  /** Bytes added. */
  readonly length: number;
}

export function createRun(subject: string): Run {
  let held: Piece | undefined;
  let start = 0;
  let end = 0;
  return {
    get length() {
      return end;
    },
    add(piece) {
      const joined = held && join(held, piece);
      const told = held && !joined ? extentOf(held, start, subject) : undefined;
      if (!joined) start = end;
      held = joined ?? piece;
      end += piece.length;
      return told;
    },
    rest() {
      return held && extentOf(held, start, subject);
    },
  };
}

function join(held: Piece, next: Piece): Piece | undefined {
  if (held.kind === "data") {
    const follows = next.kind === "data" && held.offset + held.length === next.offset;
    return follows && !held.why && !next.why ? { ...held, length: held.length + next.length } : undefined;
  }
  if (held.kind !== next.kind || held.kind === "compressed") return undefined;
  const differs = "why" in held && "why" in next && held.why?.reason !== next.why?.reason;
  return differs ? undefined : { ...held, length: held.length + next.length };
}

function extentOf(piece: Piece, at: number, subject: string): VmstateExtent {
  if (!("why" in piece) || !piece.why) {
    if (piece.kind === "hole" || piece.kind === "lost") throw new TypeError("a hole without a reason");
    return { ...piece, at };
  }
  const { why, ...run } = piece;
  return { ...run, at, finding: findingOf(why, at, piece.length, subject) };
}

function findingOf({ reason, offset, found }: Why, at: number, length: number, subject: string): Finding {
  const level = reason === "reserved-bits" ? "warning" : "error";
  if (reason === "file-ends")
    return {
      rule: "QCOW2_FILE_COMPLETE",
      level,
      subject,
      offset,
      args: { what: "the VM state", start: at, need: length, have: 0 },
    };
  return {
    rule: "QCOW2_VMSTATE_MAPPED",
    level,
    subject,
    offset,
    args: { why: reason, start: at, length, found },
  };
}
