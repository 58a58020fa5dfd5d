import type { Ear } from "./endings/ear.ts";

const SEEN: Readonly<Record<Ear, string>> = {
  hears: "The migration fails at the end, and the guest runs on at the source: ",
  "may-hear":
    "The migration fails at the end, or the source misses that, reports success, and the guest is lost: ",
  deaf: "The source would report success and the guest would be lost: ",
  "hard-of-hearing": "The source would report success and the guest would be lost: ",
  "cut-off": "The source would report success and the guest would be lost: ",
  saved: "The source reports that it saved the guest, and the guest does not come up from that: ",
  postcopy: "Postcopy fails as it begins, when the source has stopped the guest: ",
};

const WAIT = "Do not quit the source before query-status tells on the destination that the guest is there.";

const SAFEGUARDS: Readonly<Record<Ear, string>> = {
  hears: "",
  "may-hear": ` Before 6.1 a source may miss the failure in spite of its return path. ${WAIT}`,
  deaf: " Set the capability return-path on the source as well: then it learns of a failure, and the guest runs on there.",
  "hard-of-hearing": ` The capability return-path on the source helps most of the time: before 6.1 a source may still miss such a failure. ${WAIT}`,
  "cut-off": ` Nothing tells the source of it. ${WAIT}`,
  saved: " What was saved is whole: keep it until the guest runs.",
  postcopy: "",
};

/** What becomes of a migration whose destination fails at the end, said first where the source would call it a success. */
export function asSeen(ear: unknown): string {
  return SEEN[ear as Ear] ?? SEEN.deaf;
}

/** The same of one that the destination refuses earlier: most sources still have to write then, and cannot. */
export function atBeginning(ear: unknown, fails = "The migration fails at its beginning"): string {
  if (ear === "saved") return SEEN.saved;
  const heard = ear === "hears" || ear === "may-hear" || ear === "postcopy";
  return heard
    ? `${fails}: `
    : `${fails}, or the source misses that, reports success, and the guest is lost: `;
}

/** A remedy, and the safeguard for as long as it has not been taken. */
export function andHeard(remedy: string, ear: unknown): string {
  return `${remedy}${SAFEGUARDS[ear as Ear] ?? ""}`;
}
