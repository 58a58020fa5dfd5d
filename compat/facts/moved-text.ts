import type { ErrorText } from "./error-text.ts";
import type { Evidence, Fact } from "./fact.ts";

interface MovedText {
  readonly id: string;
  readonly claim: string;
  readonly template: string;
  /** What it says once it is told, where that differs. */
  readonly told?: string;
  readonly since: string;
  readonly movedIn: string;
  readonly commit: string;
  readonly where: string;
  readonly run?: string;
}

/** The two chapters of a message that was printed on the spot, and is handed up in the error since `movedIn`. */
export function movedText(text: MovedText): readonly Fact<ErrorText>[] {
  const { id, claim, template, told = template, since, movedIn, commit, where, run } = text;
  const ran: Evidence[] = run === undefined ? [] : [{ kind: "run", of: run }];
  return [
    {
      id: `${id}/printed`,
      claim: `${claim} It is printed.`,
      value: { template, to: "stderr" },
      since,
      until: movedIn,
      evidence: [{ kind: "source", where }, ...ran],
    },
    {
      id: `${id}/told`,
      claim: `${claim} It is part of the error.`,
      value: { template: told, to: "error" },
      since: movedIn,
      evidence: [{ kind: "commit", commit, release: movedIn }, ...ran],
    },
  ];
}
