import type { Place } from "./compare.ts";

/** A place in words: `ide > parent_obj (PCIDevice) / ide_drive/pio_state`. */
export function pathOf(trail: readonly Place[]): string {
  return trail
    .map(({ state, field, subsection }, at) => {
      const before = trail[at - 1];
      const own =
        before?.subsection === state || (before && !before.field && !before.subsection) ? "" : state;
      return [own, field, subsection && `/ ${subsection}`].filter(Boolean).join(" > ");
    })
    .filter((part) => part !== "")
    .join(" > ")
    .replaceAll("> /", "/");
}
