import { expect, it, vi } from "vitest";
import { acceptedBytes, entropyOf } from "../../test/accepted.ts";
import {
  Arrays,
  Conditions,
  Header,
  NumbersBig,
  Octets,
  Rewind,
  syntheticTables,
} from "../../test/tables.ts";
import { compile, isCompilable } from "./compiled.ts";
import * as engine from "./decode.ts";

vi.mock(import("./decode.ts"), async (original) => {
  const actual = await original();
  return { ...actual, read: vi.fn(actual.read) as typeof actual.read };
});

const bytes = acceptedBytes(Header, {
  pick: entropyOf(Uint8Array.from({ length: 400 }, (_, i) => 1 + ((i * 37) % 251))),
  context: {},
  endian: undefined,
});

it("takes tables of fixed layout only", () => {
  expect(syntheticTables.filter(isCompilable).map(({ name }) => name)).toEqual([
    "NumbersBig",
    "NumbersLittle",
    "Flags",
    "Constants",
    "Header",
  ]);
  expect([Octets, Rewind, Arrays, Conditions].some(isCompilable)).toBe(false);
});

it("does not ask the table engine when nothing is wrong", () => {
  const read = vi.mocked(engine.read);
  const compiled = compile(Header);
  read.mockClear();
  const { value, end } = compiled(bytes);
  expect(read).not.toHaveBeenCalled();
  expect(end).toBe(bytes.length);
  expect(value.big.large).toBeTypeOf("bigint");
  expect(value.tail.buffer).toBe(bytes.buffer);
  expect(Object.keys(value)).toEqual(Object.keys(engine.read(Header, bytes).value));
});

it("asks it for traces, for errors and for what it cannot compile", () => {
  const read = vi.mocked(engine.read);
  for (const attempt of [
    () => compile(Header)(bytes, { trace: () => {} }),
    () => compile(Header)(bytes.subarray(0, 40)),
    () => compile(Header)(bytes, { at: -1 }),
    () => compile(Conditions)(new Uint8Array(100)),
  ]) {
    read.mockClear();
    try {
      attempt();
    } catch {
      // The outcome is compared in tables.test.ts.
    }
    expect(read).toHaveBeenCalledTimes(1);
  }
});

it("reads in either order, chosen when compiling or when reading", () => {
  const data = new Uint8Array(23).fill(0).with(2, 1);
  expect(compile(NumbersBig)(data).value.small).toBe(1);
  expect(compile(NumbersBig, { endian: "le" })(data).value.small).toBe(256);
  expect(compile(NumbersBig, { endian: "le" })(data, { endian: "be" }).value.small).toBe(1);
});
