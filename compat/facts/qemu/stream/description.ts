import type { Fact } from "../../fact.ts";

/** The white space of the description in JSON. */
export const DESCRIPTION_SPACING: readonly Fact<string>[] = [
  {
    id: "qemu/description/spacing/loose",
    claim: "The description has spaces within brackets and on both sides of colons.",
    value: '{ "a" : 1, "b" : [ 2 ] }',
    since: "2.5",
    until: "6.0",
    evidence: [
      { kind: "source", where: "2.5.0: qjson.c, 5.2.0: migration/qjson.c" },
      { kind: "run", of: "captures of 5.2.0" },
    ],
  },
  {
    id: "qemu/description/spacing/plain",
    claim: "The description has a space behind colons and commas alone.",
    value: '{"a": 1, "b": [2]}',
    since: "6.0",
    evidence: [
      { kind: "commit", commit: "3ddba9a9e9be", release: "6.0" },
      { kind: "run", of: "captures of 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];

/** Whether the configuration section is described. */
export const DESCRIPTION_OF_CONFIGURATION: readonly Fact[] = [
  {
    id: "qemu/description/configuration",
    claim: "The description has an object for the configuration section.",
    value: true,
    since: "8.2",
    evidence: [
      { kind: "commit", commit: "2aae1eb8da65", release: "8.2" },
      { kind: "run", of: "captures of 10.0.13, 11.1.3" },
    ],
  },
];
