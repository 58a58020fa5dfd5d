const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Runs `cleanup` if the process is interrupted or exits before the returned function is called. */
export function cleanUpOnExit(cleanup: () => void): () => void {
  const interrupted = (signal: NodeJS.Signals) => {
    release();
    cleanup();
    process.kill(process.pid, signal);
  };
  const release = () => {
    process.off("exit", cleanup);
    for (const signal of SIGNALS) process.off(signal, interrupted);
  };
  process.once("exit", cleanup);
  for (const signal of SIGNALS) process.once(signal, interrupted);
  return release;
}
