/** How `compat breaking` tells what it found. */
export const BREAKING_FORMATS = ["text", "json", "github", "junit", "sarif"] as const;

export type BreakingFormat = (typeof BREAKING_FORMATS)[number];
