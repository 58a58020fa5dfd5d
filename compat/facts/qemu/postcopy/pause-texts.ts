import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** What a side says that was told to pause by migrate-pause. */
export const PAUSED_BY_USER: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/postcopy/pause-texts/by-user",
    claim: "A side on which migrate-pause was called says so where it tells why postcopy paused.",
    value: { template: "Postcopy migration is paused by the user", to: "error" },
    since: "8.2",
    evidence: [{ kind: "commit", commit: "f8c543e808", release: "8.2" }],
  },
];
