import { bytesOf, mayAgree } from "./bytes.ts";
import type { Entry } from "./shape.ts";

/** A stretch of what is sent, and what it is read as. */
export type Step =
  /** The same field. */
  | { readonly kind: "same"; readonly sent: Entry; readonly read: Entry }
  /** Other fields of as many bytes, as far as is known. */
  | { readonly kind: "agrees"; readonly sent: readonly Entry[]; readonly read: readonly Entry[] }
  /** Fields that do not fit one by one, though conditions that nobody told may make them as many bytes in all. */
  | { readonly kind: "doubtful"; readonly sent: readonly Entry[]; readonly read: readonly Entry[] }
  /** Not as many bytes. */
  | { readonly kind: "differs"; readonly sent: readonly Entry[]; readonly read: readonly Entry[] };

/** How far to look for fields of the same name behind those that differ. */
const REACH = 48;

/** Lays fields that are sent beside those that are read. Ends behind the first stretch that does not fit. */
export function align(sent: readonly Entry[], read: readonly Entry[]): readonly Step[] {
  const steps: Step[] = [];
  let [i, j] = [0, 0];
  while (i < sent.length || j < read.length) {
    const [one, other] = [sent[i], read[j]];
    if (one && other && isSame(one, other)) {
      steps.push({ kind: "same", sent: one, read: other });
      i++;
      j++;
      continue;
    }
    const block = agreeing(sent.slice(i), read.slice(j));
    if (!block) {
      const kind = mayMakeUp(steps, sent.slice(i), read.slice(j)) ? "doubtful" : "differs";
      steps.push({ kind, ...differing(sent.slice(i), read.slice(j)) });
      break;
    }
    steps.push({ kind: "agrees", sent: sent.slice(i, i + block.sent), read: read.slice(j, j + block.read) });
    i += block.sent;
    j += block.read;
  }
  return steps;
}

/** Whether conditional fields that were passed over before may be what is sent, or read, too much. */
function mayMakeUp(steps: readonly Step[], sent: readonly Entry[], read: readonly Entry[]): boolean {
  const blocks = steps.filter((step) => step.kind === "agrees");
  const passed = (entries: readonly Entry[]) => entries.filter(({ optional }) => optional);
  const [more, others] = [
    blocks.flatMap((step) => passed(step.sent)),
    blocks.flatMap((step) => passed(step.read)),
  ];
  if (more.length + others.length === 0) return false;
  return mayAgree(bytesOf([...sent, ...more]), bytesOf([...read, ...others]));
}

/** Fields of one name that may be the same bytes. Structs are looked into later. */
function isSame(sent: Entry, read: Entry): boolean {
  if (sent.name !== read.name && !(sent.struct && read.struct && sent.struct.name === read.struct.name))
    return false;
  if (sent.struct && read.struct) return countsAgree(sent, read);
  if (sent.size === undefined || read.size === undefined) return true;
  if (sent.struct || read.struct) return mayAgree(bytesOf([sent]), bytesOf([read]));
  return sent.size === read.size ? countsAgree(sent, read) : mayAgree(bytesOf([sent]), bytesOf([read]));
}

function countsAgree(sent: Entry, read: Entry): boolean {
  return sent.soft || read.soft || sent.count === "any" || read.count === "any" || sent.count === read.count;
}

interface Block {
  readonly sent: number;
  readonly read: number;
}

/** The shortest stretch that agrees, up to fields that are the same again or up to the end. */
function agreeing(sent: readonly Entry[], read: readonly Entry[]): Block | undefined {
  for (const block of candidates(sent, read))
    if (mayAgree(bytesOf(sent.slice(0, block.sent)), bytesOf(read.slice(0, block.read)))) return block;
  return undefined;
}

function* candidates(sent: readonly Entry[], read: readonly Entry[]): Generator<Block> {
  for (let both = 1; both <= REACH; both++)
    for (let i = Math.max(0, both - read.length); i <= Math.min(both, sent.length); i++) {
      const [one, other] = [sent[i], read[both - i]];
      if (one && other && isSame(one, other)) yield { sent: i, read: both - i };
    }
  yield { sent: sent.length, read: read.length };
}

/** What is told of fields that agree in no way: up to where they are the same again. */
function differing(sent: readonly Entry[], read: readonly Entry[]) {
  const [first] = candidates(sent, read);
  return { sent: sent.slice(0, first?.sent), read: read.slice(0, first?.read) };
}
