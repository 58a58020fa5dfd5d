// Checks the facts that were built. Status 1 when something is wrong with them.
import { FACTS } from "../dist/compat/facts/index.js";
import { CHECKS, lintFacts } from "../dist/compat/lint/run.js";

const complaints = lintFacts(FACTS);
for (const complaint of complaints) process.stderr.write(`${complaint}\n`);
process.stderr.write(
  `facts: ${FACTS.flat().length} of ${FACTS.length} subjects, ${CHECKS.length} checks, ${complaints.length} complaints\n`,
);
if (complaints.length > 0) process.exitCode = 1;
