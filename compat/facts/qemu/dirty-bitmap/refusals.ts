import type { ErrorText } from "../../error-text.ts";
import type { Fact } from "../../fact.ts";

/** The text for a bitmap whose name does not fit the stream. */
export const BITMAP_NAME_TOO_LONG: readonly Fact<ErrorText>[] = [
  {
    id: "qemu/dirty-bitmap/name-too-long",
    claim: "A bitmap with a name of more than 255 bytes is refused by the source.",
    value: { template: "Cannot migrate bitmap '%s' on node '%s': Name is longer than %u bytes", to: "error" },
    since: "5.2",
    evidence: [
      { kind: "source", where: "5.2.0 to 11.1.0: migration/block-dirty-bitmap.c, add_bitmaps_to_list()" },
      { kind: "run", of: "5.2.0, 7.2.22, 10.0.13, 11.1.3" },
    ],
  },
];
