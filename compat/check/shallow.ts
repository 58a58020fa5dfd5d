/** Whether nothing in a value lies deeper than so many levels. */
export function isShallow(value: unknown, deepest: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return deepest > 0 && Object.values(value).every((part) => isShallow(part, deepest - 1));
}
