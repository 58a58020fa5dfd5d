import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { fixtures } from "../../test/captures.ts";
import { cli } from "../../test/cli.ts";
import { sessionCaptures } from "../../test/session-captures.ts";

interface Answer {
  readonly accepts: boolean;
  readonly status: string | null;
  readonly exit: number | null;
  readonly stderr: string;
  readonly findings: readonly { readonly rule: string; readonly message: string }[];
}

async function replay(path: string, peer: string, side: string, ...args: readonly string[]) {
  const { out, err } = await cli("replay", path, "--as", `qemu-${peer}`, "--side", side, "--json", ...args);
  return out === "" ? err : (JSON.parse(out).answers[0] as Answer);
}

const TAKEN = { accepts: true, status: "completed", exit: null };

/** How what the destination was given differed from what the source had. */
const DIFFERENT: Readonly<Record<string, readonly string[]>> = {
  "tcp-failed-uuid.pcap.gz": ["--uuid", "0b5e1ab0-0001-4000-8000-0000000000ff"],
  "tcp-failed-multifd-compression-mismatch.pcap.gz": ["--param", "multifd-compression=none"],
};

const UNKNOWN = /tcp-late-start|snaplen/;
const SILENT = /tcp-precopy\.|failed-uuid|failed-multifd/;

describe("a captured migration, replayed to its own releases", () => {
  it.for(
    sessionCaptures
      .filter(({ outcome, file }) => outcome === "completed" && !UNKNOWN.test(file))
      .map((capture) => [capture.file, capture] as const),
  )("%s is taken by its destination", async ([, { path, destination }]) => {
    expect(await replay(path, destination, "destination")).toMatchObject(TAKEN);
  });

  it.for(
    sessionCaptures
      .filter(({ file }) => !SILENT.test(file))
      .map((capture) => [capture.file, capture] as const),
  )("%s ends as it did for its source", async ([, { path, source, outcome }]) => {
    expect(await replay(path, source, "source")).toMatchObject({ status: outcome, exit: null });
  });

  it.for(
    sessionCaptures.filter(({ file }) => SILENT.test(file)).map(({ file, path }) => [file, path] as const),
  )("%s has nothing for a source", async ([, path]) => {
    expect(await replay(path, "7.2.22", "source")).toMatch("nothing in this input was sent to a source");
  });

  it.for(
    sessionCaptures
      .filter(({ file }) => Object.hasOwn(DIFFERENT, file))
      .map((capture) => [capture.file, capture] as const),
  )("%s fails for its destination", async ([, { file, path, destination }]) => {
    const answer = await replay(path, destination, "destination", ...(DIFFERENT[file] ?? []));
    expect(answer).toMatchObject({ accepts: false, exit: 1 });
  });

  it.for(
    sessionCaptures
      .filter(({ file }) => UNKNOWN.test(file))
      .map((capture) => [capture.file, capture] as const),
  )("%s is not judged, because bytes are missing", async ([, { path, destination }]) => {
    const answer = await replay(path, destination, "destination");
    expect(answer).toMatchObject({ accepts: false, exit: null });
    expect(typeof answer === "string" ? [] : answer.findings.map(({ rule }) => rule)).toContain(
      "PEER_MODELLED",
    );
  });

  it("does not judge devices, of which tcp-failed-missing-device lacked one", async () => {
    const { path, destination } = sessionCaptures.find(({ file }) => file.includes("missing-device")) ?? {};
    const answer = await replay(path ?? "", destination ?? "", "destination");
    expect(typeof answer === "string" ? [] : answer.findings.map(({ rule }) => rule)).toEqual([
      "PEER_JUDGES_DEVICES",
    ]);
  });

  it.for(["qemu-5.2.0", "qemu-8.2", "qemu-10.0.13"])("a recovery is one for %s, too", async (peer) => {
    for (const { path } of sessionCaptures.filter(({ file }) => file.includes("recovery")))
      expect(await replay(path, peer.replace("qemu-", ""), "destination")).toMatchObject(TAKEN);
  });
});

/** Guests whose target pages are of another size than the model knows, and a disk without a name that no destination can find. */
const NOT_TAKEN: Readonly<Record<string, RegExp>> = {
  "arm-1k-pages-7.2.bin.gz": /pages of this machine may have another size/,
  "avr-256-byte-pages-7.2.bin.gz": /pages of this machine may have another size/,
  "block-7.2.bin.gz": /Error unknown block device/,
};

/** What the stream does not tell. */
const UNTOLD = [
  ["file-offset", "--offset", "4096"],
  ["ignore-shared-machine-2.3", "--cap", "x-ignore-shared"],
] as const;

describe("a recorded stream, replayed to its own release", () => {
  const streams = fixtures.map(({ file, path, qemu }) => {
    const args = UNTOLD.flatMap(([name, ...told]) => (file.startsWith(name) ? told : []));
    return { file, path, release: qemu.split(" ")[0] ?? "", args };
  });

  it.for(
    streams
      .filter(({ file }) => !Object.hasOwn(NOT_TAKEN, file))
      .map((stream) => [stream.file, stream] as const),
  )("%s is taken", async ([, { path, release, args }]) => {
    expect(await replay(path, release, "destination", ...args)).toMatchObject(TAKEN);
  });

  it.for(
    streams
      .filter(({ file }) => Object.hasOwn(NOT_TAKEN, file))
      .map((stream) => [stream.file, stream] as const),
  )("%s is not", async ([, { file, path, release }]) => {
    const answer = await replay(path, release, "destination");
    expect(JSON.stringify(answer)).toMatch(NOT_TAKEN[file] ?? "");
    expect(answer).toMatchObject({ accepts: false });
  });
});

describe("a sparse save image", () => {
  it.each(["libvirt-11.3-sparse", "libvirt-12.8-sparse"])(
    "%s has its pages where its file has them",
    async (name) => {
      const path = fileURLToPath(new URL(`../../fixtures/libvirt/${name}.save.gz`, import.meta.url));
      for (const peer of ["10.0.13", "11.1.3"])
        expect(await replay(path, peer, "destination")).toMatchObject(TAKEN);
    },
  );
});
