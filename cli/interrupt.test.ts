import { expect, it, vi } from "vitest";
import { cleanUpOnExit } from "./interrupt.ts";

it("cleans up once when interrupted, then dies of the signal", () => {
  const kill = vi.spyOn(process, "kill").mockReturnValue(true);
  const before = process.listenerCount("SIGHUP");
  const cleanup = vi.fn();
  cleanUpOnExit(cleanup);
  const handler = process.listeners("SIGHUP").at(-1);
  handler?.("SIGHUP");
  expect(cleanup).toHaveBeenCalledOnce();
  expect(kill).toHaveBeenCalledExactlyOnceWith(process.pid, "SIGHUP");
  expect(process.listenerCount("SIGHUP")).toBe(before);
  kill.mockRestore();
});

it("leaves no listener behind when released", () => {
  const count = () => ["exit", "SIGINT", "SIGTERM", "SIGHUP"].map((name) => process.listenerCount(name));
  const before = count();
  cleanUpOnExit(() => {})();
  expect(count()).toEqual(before);
});
