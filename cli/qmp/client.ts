import { createConnection, type Socket } from "node:net";
import { INVENTORY_COMMANDS, type InventoryCommand } from "../../compat/inventory/index.ts";
import { UsageError } from "../exit.ts";
import { printable } from "../printable.ts";
import { addressText, type QmpAddress } from "./address.ts";
import { createLineReader } from "./lines.ts";

/** How long a monitor may take for each answer. */
const PATIENCE_MS = 5000;
/** The longest answer is that of query-machines, some 20 KB. */
const MOST_LINE = 4 << 20;
/** Events may come between; a monitor that only chatters is none. */
const MOST_LINES = 10_000;

type Message = Readonly<Record<string, unknown>>;

/** Asks a monitor what makes an inventory, and changes nothing. Throws a UsageError for whatever is no QMP monitor. */
export async function askMonitor(
  address: QmpAddress,
  patience: number = PATIENCE_MS,
): Promise<Readonly<Record<string, unknown>>> {
  const name = printable(addressText(address));
  const socket =
    address.kind === "unix"
      ? createConnection({ path: address.path })
      : createConnection({ host: address.host, port: address.port });
  const messages = messagesOf(socket, name);
  try {
    const greeting = await messages.next(Date.now() + patience);
    if (!isObject(greeting.QMP)) throw new UsageError(`${name} is no QMP monitor: it did not greet as one`);
    await answer("qmp_capabilities");
    const answers: Record<string, unknown> = { greeting };
    for (const command of INVENTORY_COMMANDS) answers[command] = await answer(command);
    return answers;
  } finally {
    messages.stop();
  }

  async function answer(command: InventoryCommand | "qmp_capabilities"): Promise<unknown> {
    socket.write(`${JSON.stringify({ execute: command, id: command })}\n`);
    const deadline = Date.now() + patience;
    for (;;) {
      const message = await messages.next(deadline);
      if (Object.hasOwn(message, "event")) continue;
      if (Object.hasOwn(message, "error")) {
        const said = isObject(message.error) ? String(message.error.desc) : "no reason";
        throw new UsageError(`${name}: ${command} is refused: ${printable(said.slice(0, 200))}`);
      }
      if (message.id !== command || !Object.hasOwn(message, "return"))
        throw new UsageError(`${name} is no QMP monitor: it answers ${command} with something else`);
      return message.return;
    }
  }
}

interface Messages {
  /** The next message, if it comes before a time; events on the way do not put that off. */
  next(deadline: number): Promise<Message>;
  stop(): void;
}

function messagesOf(socket: Socket, name: string): Messages {
  const reader = createLineReader(MOST_LINE);
  const ready: Message[] = [];
  let failure: Error | undefined;
  let count = 0;
  let wake: () => void = () => {};
  const fail = (why: string) => {
    failure ??= new UsageError(why);
    socket.destroy();
    wake();
  };
  socket.on("data", (chunk) => {
    try {
      const lines = reader.push(chunk);
      count += lines.length;
      if (count <= MOST_LINES) for (const line of lines) ready.push(messageOf(line));
      else {
        ready.length = 0;
        fail(`${name} is no QMP monitor: it does not stop talking`);
      }
    } catch (error) {
      fail(
        `${name} is no QMP monitor: ${error instanceof RangeError ? error.message : "it does not speak JSON"}`,
      );
    }
    wake();
  });
  socket.on("error", (error) => fail(`${name}: ${printable(error.message)}`));
  socket.on("close", () => fail(`${name} closed the connection`));
  return {
    async next(deadline) {
      const giveUp = () =>
        fail(
          `${name} does not answer: a monitor talks to one client at a time, and libvirt keeps its own for itself`,
        );
      const left = deadline - Date.now();
      if (left <= 0) giveUp();
      const timer = setTimeout(giveUp, left);
      try {
        while (ready.length === 0 && !failure)
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      } finally {
        clearTimeout(timer);
      }
      const message = left > 0 ? ready.shift() : undefined;
      if (message) return message;
      throw failure ?? new UsageError(`${name} closed the connection`);
    },
    stop() {
      socket.removeAllListeners();
      socket.on("error", () => {});
      socket.destroy();
    },
  };
}

function messageOf(line: string): Message {
  const message: unknown = JSON.parse(line);
  if (!isObject(message)) throw new SyntaxError("no object");
  return message;
}

function isObject(value: unknown): value is Message {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
