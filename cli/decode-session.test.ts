import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cli } from "../test/cli.ts";
import {
  directionsOf,
  loadSession,
  type SessionCapture,
  sessionCapture,
  sessionCaptures,
} from "../test/session-captures.ts";
import { temporaryDirectory } from "../test/temporary.ts";

interface Channel {
  readonly role: string;
  readonly begins?: string;
  readonly id?: number;
  readonly connection: number | null;
}

interface Document {
  readonly channels: readonly Channel[];
  readonly connections: readonly unknown[];
  readonly migrations: readonly {
    readonly source: string;
    readonly pages: { readonly normal: number; readonly zero: number };
    readonly postcopy: {
      readonly requests: { readonly messages: number; readonly unanswered: number };
    } | null;
  }[];
  readonly findings: readonly { readonly rule: string; readonly level: string }[];
}

async function decoded(...args: readonly string[]): Promise<Document> {
  const { out, err } = await cli("decode", "--json", ...args);
  expect(err).toBe("");
  return JSON.parse(out);
}

/** Its bytes are not all there, so that its counters cannot be compared. */
const lacking = ({ file }: SessionCapture) => /snaplen|late-start/.test(file);
const failed = ({ outcome }: SessionCapture) => outcome === "failed";

/** Roles that capabilities and what was done call for, sorted. */
function rolesOf({ file, capabilities, parameters }: SessionCapture): readonly string[] {
  const rounds = /recovery/.test(file) ? 2 : 1;
  const multifd = capabilities.multifd ? Number(parameters["multifd-channels"]) : 0;
  const answers = capabilities["return-path"] || capabilities["postcopy-ram"];
  return [
    ...Array<string>(rounds).fill("main"),
    ...Array<string>(multifd).fill("multifd"),
    ...Array<string>(capabilities["postcopy-preempt"] ? rounds : 0).fill("postcopy-preempt"),
    ...Array<string>(answers ? rounds : 0).fill("return-path"),
  ];
}

describe("every capture", () => {
  it.each(sessionCaptures)("$file is what its manifest says", (capture) => {
    const data = loadSession(capture);
    expect(data.length).toBe(capture.size);
    expect(createHash("sha256").update(data).digest("hex")).toBe(capture.sha256);
  });

  it.each(sessionCaptures)("$file: connections and channels", async (capture) => {
    const { channels, connections, migrations } = await decoded(capture.path);
    expect(connections).toHaveLength(capture.connections);
    expect(migrations).toHaveLength(1);
    const told = channels.map(({ role }) => role).sort();
    // A destination that refuses at once says nothing.
    expect(told).toEqual(failed(capture) ? told : rolesOf(capture));
  });

  it.each(sessionCaptures)("$file: final states", async (capture) => {
    const { migrations } = await decoded(capture.path);
    if (!lacking(capture)) expect(migrations[0]?.source).toBe(capture.outcome);
  });

  // A source counts pages when it queues them; those under way when a recovered connection broke were counted, but not
  // sent. 7.2 counts what it has sent.
  const comparable = sessionCaptures.filter(
    (capture) =>
      capture.pages && !lacking(capture) && !failed(capture) && !/recovery-(10|preempt)/.test(capture.file),
  );
  it.each(comparable)("$file: pages on all channels are those of query-migrate", async ({ path, pages }) => {
    const [migration] = (await decoded(path)).migrations;
    expect(migration?.pages).toMatchObject({ normal: pages?.normal, zero: pages?.duplicate });
  });

  const postcopy = sessionCaptures.filter(({ capabilities }) => capabilities["postcopy-ram"]);
  it.each(postcopy)("$file: requests for pages", async ({ path, postcopyRequests }) => {
    const [migration] = (await decoded(path)).migrations;
    expect(migration?.postcopy?.requests).toMatchObject({ messages: postcopyRequests, unanswered: 0 });
  });

  it.each(sessionCaptures)("$file: text is bounded and ends with what is wrong", async (capture) => {
    const { out, err } = await cli("decode", capture.path);
    expect(err).toBe("");
    expect(out.split("\n").length).toBeLessThan(160);
    expect(out).toMatch(/pcap(ng)? capture of \d+ packets in \d+\.\d{3} ms from 2026-\d\d-\d\d /);
    expect(out).toContain("timeline");
  });
});

describe("the document of a capture", () => {
  it("has its counts, and channels with the keys of design.md", async () => {
    const path = sessionCapture("tcp-multifd-none-7.2-to-7.2.pcap").path;
    const { out } = await cli("decode", "--json", path);
    const document = JSON.parse(out);
    expect(Object.keys(document)).toEqual([
      "format",
      "input",
      "capture",
      "channels",
      "connections",
      "migrations",
      "timeline",
      "findings",
    ]);
    expect(document.format).toBe("migwire/decode@1");
    expect(document.input).toMatchObject({ name: path, container: "pcap" });
    expect(document.capture).toMatchObject({
      packets: 82,
      tcpPackets: 82,
      start: expect.stringMatching(/^\d{19}$/),
    });
    const main = document.channels.find(({ role }: Channel) => role === "main");
    expect(Object.keys(main).slice(0, 4)).toEqual(["role", "direction", "migration", "connection"]);
    expect(main).toMatchObject({ direction: "source-to-destination", connection: 0 });
    expect(main.stream).toMatchObject({ machine: "pc-i440fx-5.2", end: { reason: "eof" } });
    const multifd = document.channels.filter(({ role }: Channel) => role === "multifd");
    expect(multifd.map(({ id }: Channel) => id).sort()).toEqual([0, 1]);
    expect(document.findings).toEqual([]);
  });

  it("tells findings with their channel", async () => {
    const { out } = await cli("decode", "--json", sessionCapture("tcp-failed-uuid.pcap").path);
    const { channels, findings } = JSON.parse(out);
    const cut = findings.find(({ rule }: { rule: string }) => rule === "CHANNEL_COMPLETE");
    expect(channels[cut.channel].role).toBe("main");
  });
});

describe("files of several channels", () => {
  async function files(name: string) {
    const directory = temporaryDirectory();
    const paths: string[] = [];
    for (const [i, { up, down }] of directionsOf(loadSession(sessionCapture(name))).entries())
      for (const [way, bytes] of [
        ["up", up],
        ["down", down],
      ] as const) {
        if (bytes.length === 0) continue;
        const path = join(directory, `${i}.${way}`);
        writeFileSync(path, bytes);
        paths.push(path);
      }
    return paths;
  }
  const names = sessionCaptures
    .filter((capture) => !lacking(capture) && capture.connections > 1)
    .map(({ file }) => file.replace(/\.gz$/, ""));

  it.each(names)("%s: the same, in whatever order they are given", async (name) => {
    const paths = await files(name);
    const whole = await decoded(sessionCapture(name).path);
    const given = await decoded(...paths.toReversed());
    const roles = ({ channels }: Document) => channels.map(({ role, begins }) => `${role} ${begins}`).sort();
    expect(roles(given)).toEqual(roles(whole));
    expect(given.migrations.map(({ pages }) => pages)).toEqual(whole.migrations.map(({ pages }) => pages));
    // How connections ended is only in the capture.
    const errors = ({ findings }: Document) =>
      findings.filter(
        ({ level, rule }) =>
          level === "error" && !rule.endsWith("_COMPLETE") && rule !== "MIGRATION_COMPLETES",
      ).length;
    expect(errors(given)).toBe(errors(whole));
  });

  it("are one document with their names, and one line of verify", async () => {
    const paths = await files("tcp-multifd-zstd-10.0-to-11.1.pcap");
    const { out } = await cli("decode", "--json", ...paths);
    const document = JSON.parse(out);
    expect(document.input).toMatchObject({ name: expect.stringContaining(" + "), container: "qevm" });
    expect(document.inputs.map(({ container }: { container: string }) => container)).toEqual([
      "qevm",
      "multifd",
      "multifd",
      "return-path",
    ]);
    expect(document.connections).toEqual([]);
    const verified = await cli("verify", "--json", ...paths);
    expect(verified.status).toBe(0);
    expect(JSON.parse(verified.out).inputs).toMatchObject([{ verdict: "whole", container: "qevm" }]);
    expect(JSON.parse(verified.out).inputs[0].inputs).toHaveLength(4);
  });

  it("leave streams by themselves where there is no other channel", async () => {
    const [main = ""] = await files("tcp-precopy.pcap");
    const { out } = await cli("verify", main, main);
    expect(out).toBe(`${main}: whole\n${main}: whole\n`);
  });
});
