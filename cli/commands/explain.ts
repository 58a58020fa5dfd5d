import { findRelease, type Product } from "../../compat/index.ts";
import { type AskedRelease, type ExplainedText, explainText } from "../../compat/recognise/explain-text.ts";
import { type LookedUp, lookUp } from "../../compat/recognise/look-up.ts";
import { createRecogniser } from "../../compat/recognise/recognise.ts";
import { CLEAN, type ExitStatus, FINDINGS, UsageError } from "../exit.ts";
import { closeInput, openInput, readAll } from "../io.ts";
import { type Output, painter } from "../output.ts";
import { printable } from "../printable.ts";
import { idLines } from "./explain-ids.ts";
import { textLines } from "./explain-lines.ts";

export interface ExplainOptions {
  readonly json?: boolean;
  /** Which of several readings is meant: what this release says comes first. */
  readonly release?: string;
}

/** Explains rule ids, facts' ids, or messages of QEMU and libvirt, given as arguments or on stdin. */
export async function explain(
  words: readonly string[],
  { json, release }: ExplainOptions,
  output: Output,
): Promise<ExitStatus> {
  const asked = release === undefined ? undefined : releaseOf(release);
  const ids = idsIn(words);
  const text = ids ? undefined : await explained(words, asked);
  const isKnown = ids ? ids.every(({ rules, facts }) => rules.length + facts.length > 0) : isAllKnown(text);
  if (json) {
    const document = {
      format: "migwire/explain@1",
      release: release ?? null,
      ids: ids ?? [],
      ...(text ?? EMPTY),
    };
    output.out(`${JSON.stringify(document, null, 2)}\n`);
  } else {
    const paint = painter(output);
    const lines = ids ? ids.flatMap((id) => idLines(id, paint)) : textLines(text ?? EMPTY, release, paint);
    output.out(`${lines.join("\n")}\n`);
  }
  return isKnown ? CLEAN : FINDINGS;
}

const EMPTY: ExplainedText = { lines: [], unknown: [], recognisedLines: 0, unknownLines: 0, isCut: false };

function isAllKnown(text: ExplainedText | undefined): boolean {
  return text !== undefined && text.unknownLines === 0 && text.lines.every(({ rest }) => rest.length === 0);
}

/** Words that all are ids; one that looks like a rule's and is none counts too. */
function idsIn(words: readonly string[]): readonly LookedUp[] | undefined {
  if (words.length === 0) return undefined;
  const found = words.map((word) => lookUp(word));
  const isOne =
    words.length === 1 && /^(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|(?:qemu|libvirt)\/\S+)$/.test(words[0] ?? "");
  if (!isOne && found.some((one) => one === undefined)) return undefined;
  return words.map((word, i) => found[i] ?? { id: word, rules: [], facts: [] });
}

async function explained(words: readonly string[], asked: AskedRelease | undefined): Promise<ExplainedText> {
  const recogniser = createRecogniser();
  if (words.length > 0 && words.join(" ") !== "-") recogniser.push(words.join(" "));
  else await readStdin((text) => recogniser.push(text));
  const recognised = recogniser.finish();
  if (recognised.lines.length + recognised.unknown.length === 0)
    throw new UsageError(`there is nothing to explain; migwire rules and migwire facts list what there is`);
  return explainText(recognised, asked);
}

async function readStdin(take: (text: string) => void): Promise<void> {
  const input = openInput("-", 0);
  const decoder = new TextDecoder();
  try {
    await readAll(input, (chunk) => take(decoder.decode(chunk, { stream: true })));
    take(decoder.decode());
  } finally {
    closeInput(input);
  }
}

function releaseOf(text: string): AskedRelease {
  const [, product = "qemu", version = ""] = /^(?:(qemu|libvirt)-)?(.*)$/s.exec(text) ?? [];
  if (!findRelease(product as Product, version))
    throw new UsageError(`there is no release ${printable(text)}; write qemu-7.2.22 or libvirt-9.0.0`);
  return { product, version };
}
