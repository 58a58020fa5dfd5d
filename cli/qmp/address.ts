import { UsageError } from "../exit.ts";
import { printable } from "../printable.ts";

/** Where a monitor listens. */
export type QmpAddress =
  | { readonly kind: "unix"; readonly path: string }
  | { readonly kind: "tcp"; readonly host: string; readonly port: number };

const MOST_PORT = 65_535;

/** `unix:/path` or `tcp:HOST:PORT`; an IPv6 address stands in square brackets. */
export function qmpAddress(text: string): QmpAddress {
  const path = /^unix:(.+)$/s.exec(text)?.[1];
  if (path !== undefined) return { kind: "unix", path };
  const [, inBrackets, plain, digits] = /^tcp:(?:\[([\da-f:.]+)\]|([^:[\]\s]+)):(\d{1,5})$/i.exec(text) ?? [];
  const host = inBrackets ?? plain;
  const port = Number(digits);
  if (host === undefined || port < 1 || port > MOST_PORT)
    throw new UsageError(`${printable(text)}: name a monitor as unix:/path or tcp:HOST:PORT`);
  return { kind: "tcp", host, port };
}

/** As it is shown. */
export function addressText(address: QmpAddress): string {
  return address.kind === "unix" ? `unix:${address.path}` : `tcp:${address.host}:${address.port}`;
}
