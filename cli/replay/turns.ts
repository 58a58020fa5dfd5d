/** Lets several readers go on together: each waits until all others have had their turn, or have ended. */
export interface Turns {
  wait(): Promise<void>;
  leave(): void;
}

export function createTurns(count: number): Turns {
  let left = count;
  let waiting: (() => void)[] = [];
  const goOn = () => {
    if (waiting.length < left) return;
    const all = waiting;
    waiting = [];
    for (const go of all) go();
  };
  return {
    wait: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        goOn();
      }),
    leave() {
      left--;
      goOn();
    },
  };
}
