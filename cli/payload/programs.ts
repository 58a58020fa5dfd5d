import type { Compression } from "../../codec/index.ts";

/** A program that libvirt runs to decompress a save image. */
export interface Program {
  readonly program: string;
  readonly args: readonly string[];
  /** The Debian package that holds it. */
  readonly package: string;
  /** How it says that its input was cut off. */
  readonly cut: RegExp;
}

/** As libvirt runs them for a restore: with `-dc`, and lzop with `--ignore-warn` since 1.0.3. */
export const PROGRAMS: Readonly<Record<Compression, Program>> = {
  gzip: { program: "gzip", args: ["-dc"], package: "gzip", cut: /unexpected end of file/ },
  bzip2: { program: "bzip2", args: ["-dc"], package: "bzip2", cut: /file ends unexpectedly/ },
  xz: { program: "xz", args: ["-dc"], package: "xz-utils", cut: /Unexpected end of input/ },
  lzop: {
    program: "lzop",
    args: ["-dc", "--ignore-warn"],
    package: "lzop",
    cut: /unexpected end of file|Inappropriate ioctl/,
  },
  zstd: { program: "zstd", args: ["-dc"], package: "zstd", cut: /premature end|unexpected end of file/ },
};

/** Variables that would change what the programs do, or the language they say it in. */
const OWN = ["BZIP", "BZIP2", "GZIP", "LANGUAGE", "LC_MESSAGES", "LZOP", "XZ_DEFAULTS", "XZ_OPT"];

/** The environment a helper program runs in. */
export function helperEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !OWN.includes(name) && !name.startsWith("ZSTD_"),
  );
  return { ...Object.fromEntries(kept), LC_ALL: "C" };
}
