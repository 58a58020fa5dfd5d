import { format } from "node:util";
import { afterAll, afterEach, expect } from "vitest";

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
