/** What each rule about a mapping checks. */
export const MAPPING_RULES: Readonly<Record<string, string>> = {
  ALIASES_MEET: "Checks that what the source sends under an alias has a place on the destination.",
  ALIAS_FITS: "Checks that no alias is longer than QEMU takes, counted in bytes.",
  BITMAP_COVERED: "Checks that every bitmap of the source is mapped, or dropped in so many words.",
  BITMAP_EXISTS: "Checks that the source has the bitmaps that are mapped.",
  BITMAP_GOAL_ONCE: "Checks that no two bitmaps go to the same place.",
  BITMAP_MAPPED_ONCE: "Checks that no bitmap is mapped twice.",
  BITMAP_NAME_FITS:
    "Checks that names of nodes and bitmaps are not longer than QEMU takes, counted in bytes.",
  BITMAP_NODE_EXISTS: "Checks that the destination has the nodes that bitmaps go to.",
  FULL_MAP_OURS: "Says that no QEMU takes a full map: it has to be translated.",
  MAPPING_FORM: "Checks that every value has the form that is asked for.",
  MAPPING_KEYS_KNOWN: "Checks that there are no keys that QEMU does not know.",
  MAPPING_KNOWN: "Checks that the release has block-bitmap-mapping.",
  MAPPING_TAKEN: "Checks that the release takes the mapping as it is.",
  NODES_ONE_TO_ONE: "Checks that all bitmaps of a node go to one node, as block-bitmap-mapping wants it.",
  TRANSFORM_KNOWN: "Checks that the release knows transform.",
  TRANSFORM_SAYABLE: "Checks that nothing is lost in a translation that has no word for transform.",
};
