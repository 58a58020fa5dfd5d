import type { Fact } from "../../fact.ts";

/** Whether a background snapshot into a mapped-ram file leaves out which pages there are. */
export const SNAPSHOT_WITHOUT_PAGE_BITMAPS: readonly Fact[] = [
  {
    id: "qemu/ram/snapshot-mapped-ram",
    claim:
      "A background snapshot ends without ram_save_complete(), which alone writes the page bitmaps of mapped-ram: a restore finds no page, and the source says completed.",
    value: true,
    since: "9.0",
    evidence: [
      {
        kind: "source",
        where:
          "9.0.0, 10.0.0, 11.1.0-rc2: migration/migration.c, bg_migration_thread(); migration/ram.c, ram_save_complete()",
      },
      {
        kind: "run",
        of: "10.0.13, 11.1.3: nine of nine restores end at kvm-tpr-opt, whose ROM is not in RAM",
      },
      { kind: "run", of: "10.0.13: of the 4,096 pages of such a file's pc.ram not one is marked" },
    ],
    notes: "Where no device looks for something in RAM the restore completes with empty RAM.",
  },
];
