/** Names beyond these are counted. */
const MOST = 8;

/** Names in a sentence: `a, b and c`, `a, b and 12 more`. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, names.length > MOST + 1 ? MOST : names.length);
  const more = names.length - shown.length;
  const all = more > 0 ? [...shown, `${more} more`] : shown;
  const last = all.at(-1) ?? "";
  return all.length < 2 ? last : `${all.slice(0, -1).join(", ")} and ${last}`;
}
