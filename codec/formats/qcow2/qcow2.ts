import { flags32, type Infer, reserved, struct, text, u8, u32, u64 } from "../../layout/index.ts";

const SOURCE = "QEMU docs/interop/qcow2.rst and block/qcow2.h, QCowHeader";

export const QCOW2_MAGIC = 0x514649fb;

/** Bytes of the header of version 2, and the least of version 3. */
export const HEADER_2 = 72;
export const HEADER_3 = 104;

/** QEMU opens no image with other clusters. */
export const CLUSTER_BITS = { least: 9, most: 21 } as const;
/** A cluster with subclusters has 32 of them, each of at least 512 bytes. */
export const SUBCLUSTERS = 32;
export const LEAST_SUBCLUSTER = 512;

/** QEMU refuses tables that are larger. */
export const LONGEST_L1 = 32 << 20;
export const LONGEST_REFCOUNT_TABLE = 8 << 20;
export const LONGEST_BACKING_NAME = 1023;
export const MOST_REFCOUNT_ORDER = 6;

const CryptMethod = {
  0: { name: "NONE", doc: "Not encrypted." },
  1: { name: "AES", doc: "AES-CBC; system emulators refuse it." },
  2: { name: "LUKS", doc: "LUKS; a header extension tells where its header is.", since: "2.10" },
} as const;

const IncompatibleFeature = {
  1: { name: "DIRTY", doc: "Refcounts may be wrong; the mapping of clusters is not.", since: "1.2" },
  2: {
    name: "CORRUPT",
    doc: "QEMU found the tables damaged and opens the image for reading only.",
    since: "1.7",
  },
  4: { name: "DATA_FILE", doc: "Guest clusters are in another file; there are no snapshots.", since: "4.0" },
  8: { name: "COMPRESSION", doc: "Compressed clusters are not deflate.", since: "5.1" },
  16: { name: "EXTENDED_L2", doc: "L2 entries have 16 bytes, and clusters have subclusters.", since: "5.2" },
} as const;

export const FEATURE = { dirty: 1, corrupt: 2, dataFile: 4, compression: 8, extendedL2: 16 } as const;
export const KNOWN_INCOMPATIBLE = 31;

const CompatibleFeature = {
  1: {
    name: "LAZY_REFCOUNTS",
    doc: "Refcounts may be written late, while the image is dirty.",
    since: "1.2",
  },
} as const;
/** Number of that bit. */
export const LAZY_REFCOUNTS = 0;

const AutoclearFeature = {
  1: { name: "BITMAPS", doc: "The bitmaps extension is consistent.", since: "2.10" },
  2: { name: "DATA_FILE_RAW", doc: "The external data file is a raw image of its own.", since: "4.0" },
} as const;

const CompressionType = {
  0: { name: "ZLIB", doc: "Deflate without a zlib header, in a window of 4096 bytes." },
  1: { name: "ZSTD", doc: "Zstandard frames." },
} as const;

export const Qcow2Header = struct({
  name: "Qcow2Header",
  endian: "be",
  doc: "Begins a qcow2 file; all of it in version 2.",
  source: `${SOURCE}, 0.9 to 11.1`,
  fields: {
    magic: u32("QFI and 0xfb.", { equals: QCOW2_MAGIC, format: "hex" }),
    version: u32("2 (compat=0.10) or 3 (compat=1.1, since 1.1); 1 is the older qcow format."),
    backingFileOffset: u64("Where the name of the backing file is; 0 without one.", { format: "hex" }),
    backingFileSize: u32("Bytes of that name, which has no NUL; at most 1023.", { unit: "bytes" }),
    clusterBits: u32("A cluster has 2^n bytes: 9 to 21."),
    size: u64("Size of the virtual disk. The VM state of snapshots lies behind it.", { unit: "bytes" }),
    cryptMethod: u32("How guest clusters are encrypted.", { values: CryptMethod }),
    l1Size: u32("Entries of the active L1 table."),
    l1TableOffset: u64("Where the active L1 table is.", { format: "hex" }),
    refcountTableOffset: u64("Where the refcount table is.", { format: "hex" }),
    refcountTableClusters: u32("Clusters of the refcount table."),
    snapshotCount: u32("Internal snapshots; at most 65536."),
    snapshotsOffset: u64("Where the snapshot table is.", { format: "hex" }),
  },
});
export type Qcow2Header = Infer<typeof Qcow2Header>;

export const Qcow2HeaderPart3 = struct({
  name: "Qcow2HeaderPart3",
  endian: "be",
  doc: "Follows the header in version 3.",
  source: `${SOURCE}, 1.1 to 11.1`,
  fields: {
    incompatibleHigh: u32("Incompatible features 32 to 63; none is known.", { format: "hex" }),
    incompatible: flags32("An image with a bit that is not known cannot be read.", {
      bits: IncompatibleFeature,
    }),
    compatibleHigh: u32("Compatible features 32 to 63; none is known.", { format: "hex" }),
    compatible: flags32("Bits that are not known may be ignored.", { bits: CompatibleFeature }),
    autoclearHigh: u32("Autoclear features 32 to 63; none is known.", { format: "hex" }),
    autoclear: flags32("A writer clears bits that it does not know.", { bits: AutoclearFeature }),
    refcountOrder: u32("Refcounts have 2^n bits: 0 to 6; 4 in version 2."),
    headerLength: u32("Bytes up to the header extensions: at least 104, a multiple of 8.", { unit: "bytes" }),
  },
});
export type Qcow2HeaderPart3 = Infer<typeof Qcow2HeaderPart3>;

export const Qcow2HeaderCompression = struct({
  name: "Qcow2HeaderCompression",
  endian: "be",
  doc: "Follows where the header length has room for it.",
  source: `${SOURCE}, 5.1 to 11.1`,
  fields: {
    compressionType: u8("Of all compressed clusters.", { values: CompressionType, since: "5.1" }),
    padding: reserved("Makes the header a multiple of 8.", { length: 7 }),
  },
});

export const EXTENSION = { backingFormat: 0xe2792aca, features: 0x6803f857, dataFile: 0x44415441 } as const;

export const Qcow2HeaderExtension = struct({
  name: "Qcow2HeaderExtension",
  endian: "be",
  doc: "Precedes the data of a header extension, which is padded to a multiple of 8 bytes.",
  source: "QEMU docs/interop/qcow2.rst and block/qcow2.c, qcow2_read_extensions(), 0.11 to 11.1",
  fields: {
    type: u32("What it holds; others may be ignored.", {
      format: "hex",
      values: {
        0x00000000: { name: "END", doc: "No more extensions." },
        0xe2792aca: { name: "BACKING_FORMAT", doc: "Name of the format of the backing file." },
        0x6803f857: { name: "FEATURE_NAMES", doc: "Names of feature bits.", since: "1.1" },
        0x23852875: { name: "BITMAPS", doc: "Where persistent dirty bitmaps are.", since: "2.10" },
        0x0537be77: { name: "ENCRYPTION", doc: "Where the LUKS header is.", since: "2.10" },
        0x44415441: { name: "DATA_FILE", doc: "Name of the external data file.", since: "4.0" },
      },
    }),
    length: u32("Bytes of data, without padding.", { unit: "bytes" }),
  },
});

export const Qcow2FeatureName = struct({
  name: "Qcow2FeatureName",
  endian: "be",
  doc: "Names a feature bit, for those who do not know it.",
  source: "QEMU docs/interop/qcow2.rst and block/qcow2.h, Qcow2Feature, 1.1 to 11.1",
  fields: {
    type: u8("Which features: incompatible, compatible or autoclear.", {
      values: {
        0: { name: "INCOMPATIBLE", doc: "An incompatible feature." },
        1: { name: "COMPATIBLE", doc: "A compatible feature." },
        2: { name: "AUTOCLEAR", doc: "An autoclear feature." },
      },
    }),
    bit: u8("Number of the bit."),
    name: text("Padded with NULs.", { length: 46 }),
  },
});
