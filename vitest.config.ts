import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // A busy machine is slow, not wrong.
    testTimeout: 120_000,
    maxWorkers: 2,
    include: ["{codec,compat,cli,test}/**/*.test.ts"],
    setupFiles: ["test/setup.ts"],
    coverage: {
      include: ["{codec,compat,cli}/**/*.ts"],
      exclude: ["**/*.d.ts"],
      thresholds: {
        "codec/**/*.ts": { lines: 95 },
        "compat/**/*.ts": { lines: 95 },
      },
    },
  },
});
