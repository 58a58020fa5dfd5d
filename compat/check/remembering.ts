import type { End } from "./end.ts";

/** Remembers what was made of the last source and of the last destination. */
export function rememberingEnds<V>(make: (end: End) => V): (end: End) => V {
  const last: Partial<Record<End["role"], { readonly end: End; readonly value: V }>> = {};
  return (end) => {
    const known = last[end.role];
    if (known?.end === end) return known.value;
    const value = make(end);
    last[end.role] = { end, value };
    return value;
  };
}

/** Remembers what was made of the last key: factors ask several times, for one scenario after the other. */
export function remembering<K extends object, V>(make: (key: K) => V): (key: K) => V {
  let last: { readonly key: K; readonly value: V } | undefined;
  return (key) => {
    if (last?.key === key) return last.value;
    const value = make(key);
    last = { key, value };
    return value;
  };
}
