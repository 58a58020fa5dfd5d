import { spawn } from "node:child_process";
import type { Compression } from "../../codec/index.ts";
import { type FileSystem, writeFully } from "../durable/file-system.ts";
import { UsageError } from "../exit.ts";
import { cleanUpOnExit } from "../interrupt.ts";
import { oneLine } from "../payload/delivery.ts";
import { LIMITS, type PayloadLimits } from "../payload/meter.ts";
import { helperEnvironment, PROGRAMS } from "../payload/programs.ts";
import { printable } from "../printable.ts";

/** What libvirt runs to compress; its gzip is zlib's. */
const ARGUMENTS: Readonly<Record<Exclude<Compression, "gzip">, readonly string[]>> = {
  bzip2: ["-c"],
  xz: ["-c", "-3"],
  lzop: ["-c"],
  zstd: ["-c"],
};
const LONGEST_TEXT = 4096;

/** Takes a stream and writes it to a file, compressed, from where the file stands. */
export interface Compressor {
  /** The chunk is only lent until the promise is kept. */
  write(chunk: Uint8Array): Promise<void>;
  /** Waits until everything is written. */
  end(): Promise<void>;
  /** Ends it at once. Safe to call at any time. */
  abort(): void;
}

export function startCompressor(
  format: Compression | null,
  fd: number,
  fs: FileSystem,
  limits: PayloadLimits = LIMITS,
): Compressor {
  if (format === null) return plain(fd, fs);
  return format === "gzip" ? gzip(fd, fs) : program(format, fd, limits);
}

function plain(fd: number, fs: FileSystem): Compressor {
  return {
    write: async (chunk) => writeFully(fs, fd, chunk, null),
    end: async () => {},
    abort: () => {},
  };
}

function gzip(fd: number, fs: FileSystem): Compressor {
  const deflate = process.getBuiltinModule("node:zlib").createGzip();
  let failure: { readonly error: unknown } | undefined;
  const ended = new Promise<void>((resolve) => {
    deflate.once("end", resolve);
    deflate.once("close", resolve);
  });
  deflate.on("data", (chunk: Uint8Array) => {
    try {
      writeFully(fs, fd, chunk, null);
    } catch (error) {
      failure ??= { error };
      deflate.destroy();
    }
  });
  const check = () => {
    if (failure) throw failure.error;
  };
  return {
    async write(chunk) {
      check();
      await Promise.race([ended, new Promise<void>((resolve) => deflate.write(chunk, () => resolve()))]);
      check();
    },
    async end() {
      deflate.end();
      await ended;
      check();
    },
    abort: () => void deflate.destroy(),
  };
}

/** The program writes to the file itself: what it gives does not have to come through us. */
function program(format: Exclude<Compression, "gzip">, fd: number, { seconds }: PayloadLimits): Compressor {
  const { program: name, package: home } = PROGRAMS[format];
  const child = spawn(name, ARGUMENTS[format], { stdio: ["pipe", fd, "pipe"], env: helperEnvironment() });
  const { stdin, stderr } = child;
  if (!stdin || !stderr) throw new TypeError("a program was started without its pipes");
  let said = "";
  let problem: string | undefined;
  let over = false;
  stdin.on("error", () => {});
  stderr.on("data", (chunk: Buffer) => {
    if (said.length < LONGEST_TEXT) said += chunk.toString("latin1");
  });
  const abort = () => {
    if (over) return;
    child.kill("SIGKILL");
    stdin.destroy();
    stderr.destroy();
  };
  const release = cleanUpOnExit(abort);
  const ended = new Promise<void>((resolve) => {
    const finish = () => {
      over = true;
      release();
      resolve();
    };
    child.once("error", (error) => {
      if (child.pid !== undefined) return;
      problem =
        "code" in error && error.code === "ENOENT"
          ? `it is not installed (Debian package ${home})`
          : error.message;
      finish();
    });
    child.once("close", (status, signal) => {
      if (status !== 0) problem ??= oneLine(said) || (signal ? `ended by ${signal}` : `status ${status}`);
      finish();
    });
  });
  /** Waits for something that a program in order gets done in time. */
  const inTime = async (work: Promise<void>) => {
    const timer = setTimeout(() => {
      problem ??= `it did nothing for ${seconds} seconds`;
      abort();
    }, seconds * 1000);
    await Promise.race([ended, work]);
    clearTimeout(timer);
    if (problem !== undefined) throw new UsageError(`${name} failed: ${printable(problem)}`);
  };
  return {
    write: (chunk) => inTime(new Promise((resolve) => stdin.write(chunk, () => resolve()))),
    end: () => {
      stdin.end();
      return inTime(ended);
    },
    abort,
  };
}
