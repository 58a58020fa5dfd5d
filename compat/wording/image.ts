import { bytes, type Wordings } from "./phrases.ts";

const STATES: Readonly<Record<string, string>> = {
  unsound: "is not whole, so the image had not been touched",
};

/** Wording of findings about what writing an image left behind. */
export const image = {
  IMAGE_JOURNAL_PENDING: [
    ({ journal, state, start, length, why }) =>
      state === "edit"
        ? `an edit of this image was interrupted: ${bytes(length)} from ${start} on may be the old ones, the new ones or a mixture (${journal})`
        : `${journal} beside this image ${STATES[`${state}`] ?? `cannot be used: ${why}`}`,
    "“migwire image show” finishes or clears away what an edit left behind. Do not restore the image before that.",
  ],
} satisfies Wordings;
