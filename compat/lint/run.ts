import { chaptersInOrder } from "./chapters-in-order.ts";
import { evidenceFits } from "./evidence-fits.ts";
import { evidencePresent } from "./evidence-present.ts";
import { EXCEPTIONS, type Exception } from "./exceptions.ts";
import { idsInPlace } from "./ids-in-place.ts";
import { idsUnique } from "./ids-unique.ts";
import { keysSorted } from "./keys-sorted.ts";
import type { LintCheck, Subjects } from "./lint.ts";
import { literalsOnly } from "./literals-only.ts";
import { namesKnown } from "./names-known.ts";
import { noContradiction } from "./no-contradiction.ts";
import { schema } from "./schema.ts";
import { versionsExist } from "./versions-exist.ts";

/** Every check there is. */
export const CHECKS: readonly LintCheck[] = [
  schema,
  literalsOnly,
  keysSorted,
  idsUnique,
  idsInPlace,
  versionsExist,
  chaptersInOrder,
  noContradiction,
  evidencePresent,
  evidenceFits,
  namesKnown,
];

/** What is wrong with the facts, a line each, and which exceptions are not needed. */
export function lintFacts(
  subjects: Subjects,
  exceptions: readonly Exception[] = EXCEPTIONS,
): readonly string[] {
  const used = new Set<Exception>();
  const complaints = CHECKS.flatMap(({ name, check }) =>
    check(subjects).flatMap((line) => {
      const exception = exceptions.find((one) => one.check === name && isAbout(line, one.fact));
      if (exception) used.add(exception);
      return exception ? [] : [`${name}: ${line}`];
    }),
  );
  const unused = exceptions
    .filter((one) => !used.has(one))
    .map(({ check, fact }) => `exceptions: ${check} has nothing against ${fact}`);
  return [...complaints, ...unused];
}

/** A complaint begins with the id of its fact. */
function isAbout(line: string, fact: string): boolean {
  return line.startsWith(fact) && /^(?:[ :]|$)/.test(line.slice(fact.length));
}
