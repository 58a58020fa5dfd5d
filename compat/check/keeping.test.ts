import { describe, expect, it } from "vitest";
import { endOf, pairOf } from "./end.ts";
import { keeping } from "./keeping.ts";
import { remembering, rememberingEnds } from "./remembering.ts";

describe("what is kept", () => {
  it("of names is made once, and begun anew before it is too much", () => {
    let made = 0;
    const lengthOf = keeping((name) => `${name} ${++made}`, 2);
    expect([lengthOf("a"), lengthOf("b"), lengthOf("a")]).toEqual(["a 1", "b 2", "a 1"]);
    expect([lengthOf("c"), lengthOf("a")]).toEqual(["c 3", "a 4"]);
  });

  it("of a scenario is made once, and forgotten with the next", () => {
    const scenario = { source: { qemu: "7.2.0" }, destination: { qemu: "10.0.0" } };
    const [one, other] = [pairOf(scenario), pairOf(scenario)];
    let made = 0;
    const ask = remembering(() => ++made);
    expect([ask(one), ask(one), ask(other), ask(one)]).toEqual([1, 1, 2, 3]);
  });

  it("of ends is made once for either", () => {
    const [source, destination] = [
      endOf("source", { qemu: "7.2.0" }),
      endOf("destination", { qemu: "7.2.0" }),
    ];
    let made = 0;
    const ask = rememberingEnds(() => ++made);
    expect([ask(source), ask(destination), ask(source), ask(destination)]).toEqual([1, 2, 1, 2]);
    expect(ask(endOf("source", { qemu: "7.2.0" }))).toBe(3);
  });
});
