import { chapterAt, type Fact } from "../facts/fact.ts";
import type { End } from "./end.ts";

/** The chapters of these subjects that are true for an end. */
export function chaptersFor(
  { version }: End,
  ...subjects: readonly (readonly Fact<unknown>[])[]
): readonly Fact<unknown>[] {
  const chapters: Fact<unknown>[] = [];
  for (const subject of subjects) {
    const chapter = chapterAt(subject, version, "later");
    if (chapter) chapters.push(chapter);
  }
  return chapters;
}
