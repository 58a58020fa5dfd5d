/** Where a command writes. Tests bring their own. */
export interface Output {
  /** The result. */
  out(text: string): void;
  /** Talk: progress, errors. */
  err(text: string): void;
  readonly colour: boolean;
  /** stderr is a terminal, so progress may be drawn there. */
  readonly interactive: boolean;
}

export const processOutput: Output = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  get colour() {
    if (process.env.NO_COLOR) return false;
    if (process.env.FORCE_COLOR) return process.env.FORCE_COLOR !== "0";
    return process.stdout.isTTY === true;
  },
  get interactive() {
    return process.stderr.isTTY === true;
  },
};

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 } as const;

export type Paint = (style: keyof typeof CODES, text: string) => string;

export function painter({ colour }: Output): Paint {
  return (style, text) => (colour ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text);
}
