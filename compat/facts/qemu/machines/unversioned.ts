import type { Fact } from "../../fact.ts";

/** Machine types that every release makes as it likes. */
export const UNVERSIONED: readonly Fact<readonly string[]>[] = [
  {
    id: "qemu/machines/unversioned",
    claim:
      "A machine type without a version has no compat properties: an older release does not know what a newer one sends for it.",
    value: ["isapc", "microvm", "nitro", "x-remote", "xenfv", "xenpv"],
    since: { after: "2.4", atLatest: "5.2" },
    evidence: [
      {
        kind: "run",
        of: "isapc and microvm from 7.2.22 to 5.2.0, 10.0.13 to 7.2.22, 11.1.3 to 7.2.22 and 5.2.0: lost; from 5.2.0, 7.2.22 and 10.0.13 to later ones: complete",
      },
    ],
  },
];
