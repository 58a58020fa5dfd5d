import { format } from "node:util";
import fc from "fast-check";
import { afterAll, afterEach, expect } from "vitest";

/** The same everywhere, so that what fails in one place fails in the next; `SEED` draws anew. */
fc.configureGlobal({ seed: Number(process.env.SEED ?? 20260801) });

const printed: string[] = [];

for (const method of ["debug", "error", "info", "log", "trace", "warn"] as const) {
  console[method] = (...args: unknown[]) => {
    printed.push(`console.${method}: ${format(...args)}`);
  };
}

function expectSilence(): void {
  expect(printed.splice(0), "console output in a test").toEqual([]);
}

afterEach(expectSilence);
afterAll(expectSilence);
