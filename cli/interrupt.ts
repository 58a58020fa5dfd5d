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

/**
 * Lets the next interrupt pass by, until the returned function is called. One from the keyboard reaches what writes into our
 * pipe too, and that ends our input: what came until then is still to be told.
 */
export function outlastInterrupt(): () => void {
  const pass = () => {};
  process.once("SIGINT", pass);
  return () => void process.off("SIGINT", pass);
}
