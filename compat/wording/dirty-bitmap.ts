import { bytes, type Wordings } from "./phrases.ts";

const BITMAPS_DROPPED =
  "Destinations since 5.1 drop the dirty bitmaps and go on without them; older ones fail.";

/** Wording of findings about the dirty-bitmap section. */
export const dirtyBitmap = {
  DIRTY_BITMAP_BUFFER_BOUNDED: [
    ({ idstr, found, expected }) =>
      `a chunk of dirty bitmap ${idstr} has ${bytes(found)} of bits, more than ${expected}`,
    "Releases write up to 1024. Destinations since 5.1 fail here.",
  ],
  DIRTY_BITMAP_BUFFER_FITS: [
    ({ idstr, found, expected }) =>
      `a chunk of dirty bitmap ${idstr} has ${bytes(found)} of bits where its sectors need ${expected}`,
    BITMAPS_DROPPED,
  ],
  DIRTY_BITMAP_COMPLETED: [
    ({ idstr }) => `dirty bitmap ${idstr} was started but never completed`,
    "It stays unfinished on the destination. Back up in full instead of by this bitmap.",
  ],
  DIRTY_BITMAP_CONTIGUOUS: [
    ({ idstr, found, expected }) =>
      `a chunk of dirty bitmap ${idstr} begins at sector ${found}, the one before it ended at ${expected}`,
    "Every release writes a bitmap from start to end without a gap. Its SHA-256 is not given.",
  ],
  DIRTY_BITMAP_FLAGS_KNOWN: [
    ({ found }) => `a dirty bitmap chunk has flags ${found}, which no release writes`,
    "Releases go by the last byte and ignore what they do not know in it.",
  ],
  DIRTY_BITMAP_GRANULARITY_SOUND: [
    ({ idstr, found }) =>
      `dirty bitmap ${idstr} has a granularity of ${bytes(found)}, which is no power of two from 512`,
    "A destination that begins to create this bitmap aborts.",
  ],
  DIRTY_BITMAP_KEPT: [
    ({ expected }) => `there are more than ${expected} dirty bitmaps; those that follow are not shown`,
  ],
  DIRTY_BITMAP_NAMED: [
    () => "a dirty bitmap chunk does not say which node or bitmap it belongs to",
    "Destinations drop the dirty bitmaps or fail here.",
  ],
  DIRTY_BITMAP_OPEN: [
    ({ idstr }) => `a chunk of dirty bitmap ${idstr} follows after the bitmap was complete`,
    "Destinations do not refuse it, but the bitmap they end up with may be wrong.",
  ],
  DIRTY_BITMAP_RANGE_SOUND: [
    ({ idstr, found, expected }) =>
      `the sectors of a chunk do not fit dirty bitmap ${idstr}: expected ${expected}, found ${found}`,
    "A destination aborts here, unless it has dropped the dirty bitmaps before.",
  ],
  DIRTY_BITMAP_STARTED: [
    ({ idstr }) => `a chunk belongs to dirty bitmap ${idstr}, which was never started`,
    BITMAPS_DROPPED,
  ],
  DIRTY_BITMAP_START_FLAGS_KNOWN: [
    ({ idstr, found }) => `dirty bitmap ${idstr} begins with flags ${found}, of which some are reserved`,
    "Every released destination refuses the stream here.",
  ],
  DIRTY_BITMAP_UNIQUE: [
    ({ idstr }) => `dirty bitmap ${idstr} is started twice`,
    "Every released destination refuses the stream here.",
  ],
  DIRTY_BITMAP_VERSION_SUPPORTED: [
    (args) => `the dirty-bitmap section has version ${args.found}; it is read as ${args.expected}`,
    "Every released destination refuses the stream here.",
  ],
} satisfies Wordings;
