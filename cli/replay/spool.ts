import { closeInput, openInput } from "../io.ts";
import type { InputOptions } from "../jobs.ts";
import { kindOf } from "../kind.ts";
import { openWindow, type Window } from "../window.ts";

const STDIN = "-";

/** What comes through a pipe is read twice too, and an image that is compressed as a whole from its middle. */
export async function spool(names: readonly string[], options: InputOptions) {
  const windows: (Window | undefined)[] = [];
  for (const name of names) windows.push(mustSpool(name, options) ? await openWindow(name) : undefined);
  return {
    files: names.map((name, i) => windows[i]?.path ?? name),
    close() {
      for (const window of windows) window?.close();
    },
  };
}

function mustSpool(name: string, { asFormat }: InputOptions): boolean {
  if (name === STDIN) return true;
  const input = openInput(name, 0);
  try {
    return !input.seekable || (input.compression !== null && kindOf(input, asFormat) === "save-image");
  } finally {
    closeInput(input);
  }
}
