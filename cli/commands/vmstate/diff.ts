import type { Dump } from "../../../compat/vmstate/description.ts";
import { diffVmstate, type UsedStates } from "../../../compat/vmstate/diff.ts";
import type { VmstateFinding } from "../../../compat/vmstate/finding.ts";
import { CLEAN, type ExitStatus, FAILED, FINDINGS, UsageError } from "../../exit.ts";
import { type Output, painter } from "../../output.ts";
import { diffText, toldFinding } from "./diff-text.ts";
import type { Direction } from "./direction.ts";
import { readDump } from "./read-dump.ts";
import { usedStates } from "./used-states.ts";

export interface DiffOptions {
  /** Only what a stream has counts. */
  readonly onlyDevicesOf?: string;
  /** From the second to the first. */
  readonly reverse?: boolean;
  /** Both ways. */
  readonly both?: boolean;
  readonly json?: boolean;
}

/** What of a first QEMU's devices does not load on a second one. */
export async function diff(
  first: string,
  second: string,
  options: DiffOptions,
  output: Output,
): Promise<ExitStatus> {
  const { onlyDevicesOf: stream, reverse = false, both = false, json } = options;
  if ([first, second, stream].filter((name) => name === "-").length > 1)
    throw new UsageError("stdin can be only one of the dumps and the stream");
  const [one, other] = [await readDump(first), await readDump(second)];
  const used = stream === undefined ? undefined : await usedStates(stream, {}, output);
  const [there, back] = [
    [first, one.dump, second, other.dump],
    [second, other.dump, first, one.dump],
  ] as const;
  const ways = both ? [there, back] : [reverse ? back : there];
  const directions = ways.map(
    ([from, a, to, b]): Direction => ({ from, to, findings: compared(a, b, used) }),
  );
  const inputs = [
    { name: first, machine: one.dump?.machine ?? null, findings: one.findings },
    { name: second, machine: other.dump?.machine ?? null, findings: other.findings },
  ];
  if (json) output.out(`${JSON.stringify(document(inputs, directions), null, 2)}\n`);
  else output.out(diffText(inputs, directions, painter(output)));
  if (!one.dump || !other.dump) return FAILED;
  const all = [...inputs, ...directions].flatMap(({ findings }) => findings);
  return all.some(({ level }) => level === "error") ? FINDINGS : CLEAN;
}

function compared(
  from: Dump | null,
  to: Dump | null,
  used: UsedStates | undefined,
): readonly VmstateFinding[] {
  return from && to ? diffVmstate(from, to, used) : [];
}

function document(
  inputs: readonly { name: string; machine: string | null; findings: readonly VmstateFinding[] }[],
  directions: readonly Direction[],
) {
  return {
    format: "migwire/vmstate-diff@1",
    inputs: inputs.map((input) => ({ ...input, findings: input.findings.map(toldFinding) })),
    directions: directions.map((direction) => ({
      ...direction,
      findings: direction.findings.map(toldFinding),
    })),
  };
}
