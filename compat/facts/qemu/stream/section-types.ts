import type { Fact } from "../../fact.ts";

/** A byte that says what follows in the stream. */
export interface SectionType {
  readonly type: number;
  readonly name: string;
}

/** The section types, each its own fact: from 2.5 on none came and none went. */
export const SECTION_TYPES: readonly Fact<SectionType>[] = [
  {
    id: "qemu/sections/type/eof",
    claim: "0 ends the stream.",
    value: { type: 0, name: "EOF" },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0: include/migration/migration.h" }],
  },
  {
    id: "qemu/sections/type/section-start",
    claim: "1 opens an iterated section.",
    value: { type: 1, name: "SECTION_START" },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0: include/migration/migration.h" }],
  },
  {
    id: "qemu/sections/type/section-part",
    claim: "2 goes on with an iterated section.",
    value: { type: 2, name: "SECTION_PART" },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0: include/migration/migration.h" }],
  },
  {
    id: "qemu/sections/type/section-end",
    claim: "3 is the last part of an iterated section.",
    value: { type: 3, name: "SECTION_END" },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0: include/migration/migration.h" }],
  },
  {
    id: "qemu/sections/type/section-full",
    claim: "4 is a device's state in one piece.",
    value: { type: 4, name: "SECTION_FULL" },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0: include/migration/migration.h" }],
  },
  {
    id: "qemu/sections/type/subsection",
    claim: "5 is an optional part within a device's state.",
    value: { type: 5, name: "SUBSECTION" },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0: include/migration/migration.h" }],
  },
  {
    id: "qemu/sections/type/vmdescription",
    claim: "6, behind the end, is the description in JSON.",
    value: { type: 6, name: "VMDESCRIPTION" },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0: include/migration/migration.h" }],
  },
  {
    id: "qemu/sections/type/configuration",
    claim: "7 is the configuration section, right behind the header.",
    value: { type: 7, name: "CONFIGURATION" },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0: include/migration/migration.h" }],
  },
  {
    id: "qemu/sections/type/command",
    claim: "8 is a command.",
    value: { type: 8, name: "COMMAND" },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0: include/migration/migration.h" }],
  },
  {
    id: "qemu/sections/type/section-footer",
    claim: "0x7e repeats a section's id behind it.",
    value: { type: 126, name: "SECTION_FOOTER" },
    since: "2.5",
    evidence: [{ kind: "source", where: "2.5.0: include/migration/migration.h" }],
  },
];
