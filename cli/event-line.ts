import type { Finding } from "../codec/index.ts";
import { explain } from "../compat/index.ts";

/** An event of whatever reader. */
export interface Told {
  readonly kind: string;
  readonly finding?: Finding;
}

/** One event as a line of JSON. 64-bit numbers are decimal strings, as everywhere. */
export function eventLine<E extends Told>(input: string, event: E): string {
  const told = event.finding ? { ...event, ...explain(event.finding) } : event;
  return JSON.stringify({ input, ...told }, (_, value) =>
    typeof value === "bigint" ? String(value) : value,
  );
}
