import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { peerFromReplies } from "../../compat/inventory/index.ts";
import { temporaryDirectory } from "../../test/temporary.ts";
import { UsageError } from "../exit.ts";
import { qmpAddress } from "./address.ts";
import { askMonitor } from "./client.ts";
import { peerFromArgument } from "./peer-argument.ts";

const FIXTURE = new URL("../../fixtures/inventory/qmp-7.2.json", import.meta.url);
const inventory = JSON.parse(readFileSync(FIXTURE, "utf8")) as Readonly<Record<string, unknown>>;

/** What a fake monitor says at once, and to each command. */
interface Script {
  readonly greeting: string;
  answer?(command: string, socket: Socket): string | undefined;
}

async function withMonitor<T>(
  script: Script,
  use: (address: string, asked: string[]) => Promise<T>,
): Promise<T> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.write(script.greeting);
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk.toString();
      for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n")) {
        const { execute, id } = JSON.parse(text.slice(0, at)) as { execute: string; id: string };
        text = text.slice(at + 1);
        asked.push(execute);
        const plain = JSON.stringify({ return: inventory[execute] ?? {}, id });
        socket.write(script.answer?.(execute, socket) ?? `${plain}\r\n`);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await use(`tcp:127.0.0.1:${port}`, asked);
  } finally {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
}

const HELLO = `${JSON.stringify(inventory.greeting)}\r\n`;
const PATIENCE = 300;

describe("asking a monitor", () => {
  it("asks four questions that change nothing, and hears past events", async () => {
    const event = `${JSON.stringify({ event: "STOP", timestamp: { seconds: 1, microseconds: 2 } })}\r\n`;
    const script: Script = {
      greeting: HELLO,
      answer: (execute) =>
        `${event}${JSON.stringify({ return: inventory[execute] ?? {}, id: execute })}\r\n${event}`,
    };
    await withMonitor(script, async (address, asked) => {
      const peer = peerFromReplies(await askMonitor(qmpAddress(address)), address);
      expect(peer.peer.qemu).toBe("7.2.22");
      expect(peer.findings).toEqual([]);
      expect(asked).toEqual([
        "qmp_capabilities",
        "query-version",
        "query-migrate-capabilities",
        "query-migrate-parameters",
        "query-machines",
      ]);
    });
  });

  it("is a peer on the command line", async () => {
    await withMonitor({ greeting: HELLO }, async (address) => {
      expect((await peerFromArgument(address)).peer.states?.machines).toContain("pc-q35-7.2");
    });
  });

  it.each<[string, Script, string]>([
    ["says nothing", { greeting: "" }, "does not answer"],
    ["speaks SSH", { greeting: "SSH-2.0-OpenSSH_9.2\r\n" }, "does not speak JSON"],
    ["speaks other JSON", { greeting: '{"hello": 1}\n' }, "did not greet"],
    ["says null", { greeting: "null\n" }, "does not speak JSON"],
    ["does not end its line", { greeting: `{"QMP": "${"x".repeat(5 << 20)}` }, "more than 4194304 bytes"],
    ["answers nothing", { greeting: HELLO, answer: () => "" }, "does not answer"],
    [
      "tells events instead of an answer",
      {
        greeting: HELLO,
        answer: (_, socket) => {
          const timer = setInterval(() => socket.write('{"event": "RTC_CHANGE"}\n'), 5);
          socket.on("close", () => clearInterval(timer));
          return "";
        },
      },
      "does not answer",
    ],
    [
      "floods with events",
      { greeting: HELLO, answer: () => '{"event": "RTC_CHANGE"}\n'.repeat(20_000) },
      "does not stop talking",
    ],
    ["answers another", { greeting: HELLO, answer: () => '{"return": {}, "id": 7}\n' }, "something else"],
    [
      "refuses",
      {
        greeting: HELLO,
        answer: () => '{"error": {"class": "CommandNotFound", "desc": "no\\u001b[31m"}, "id": 1}\n',
      },
      "is refused: no\\x1b[31m",
    ],
    [
      "hangs up",
      {
        greeting: HELLO,
        answer: (_, socket) => {
          socket.end();
          return "";
        },
      },
      "closed the connection",
    ],
  ])("refuses what %s", async (_, script, told) => {
    await withMonitor(script, async (address) => {
      const asking = askMonitor(qmpAddress(address), PATIENCE);
      await expect(asking).rejects.toThrow(UsageError);
      await expect(askMonitor(qmpAddress(address), PATIENCE)).rejects.toThrow(told);
    });
  });

  it("says where nobody listens", async () => {
    await expect(askMonitor(qmpAddress("unix:/nowhere/qmp"))).rejects.toThrow(
      /unix:\/nowhere\/qmp: .*ENOENT/,
    );
  });
});

describe("an address", () => {
  it.each(["unix:", "tcp:host", "tcp::1", "tcp:host:0", "tcp:host:65536", "tcp:[::1:4444", "http://host"])(
    "%s is none",
    (text) => {
      expect(() => qmpAddress(text)).toThrow(UsageError);
    },
  );

  it("may be of IPv6", () => {
    expect(qmpAddress("tcp:[::1]:4444")).toEqual({ kind: "tcp", host: "::1", port: 4444 });
    expect(qmpAddress("unix:/run/a:b")).toEqual({ kind: "unix", path: "/run/a:b" });
  });
});

const hasQemu = spawnSync("qemu-system-x86_64", ["--version"]).status === 0;

describe.skipIf(!hasQemu)("a real monitor", () => {
  it("contradicts nothing", async () => {
    const path = join(temporaryDirectory(), "qmp");
    const child = spawn(
      "qemu-system-x86_64",
      ["-machine", "none", "-nodefaults", "-display", "none", "-S", "-qmp", `unix:${path},server=on,wait=on`],
      { stdio: ["ignore", "ignore", "pipe"] },
    );
    try {
      await new Promise((resolve) => child.stderr.once("data", resolve));
      const { peer, findings } = peerFromReplies(
        await askMonitor(qmpAddress(`unix:${path}`), 20_000),
        "real",
      );
      expect(findings.filter(({ level }) => level !== "note")).toEqual([]);
      expect(peer.states?.capabilities).toContain("xbzrle");
    } finally {
      child.kill();
    }
  });
});
