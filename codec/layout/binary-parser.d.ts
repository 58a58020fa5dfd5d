// binary-parser 2.3.0 hides its types from `exports`, and they need Node's Buffer. This is the part we use.
declare module "binary-parser" {
  type Integer = "uint8" | `uint${16 | 32 | 64}${"be" | "le"}`;
  type Count = number | string | ((item: Record<string, unknown>) => number);
  type Element = Parser | Integer;

  export class Parser implements Record<Integer, (name: string) => Parser> {
    uint8(name: string): this;
    uint16be(name: string): this;
    uint16le(name: string): this;
    uint32be(name: string): this;
    uint32le(name: string): this;
    uint64be(name: string): this;
    uint64le(name: string): this;
    buffer(name: string, options: { length: Count }): this;
    nest(name: string, options: { type: Parser }): this;
    array(name: string, options: { type: Element; length: Count }): this;
    choice(
      name: string,
      options: { tag: Count; choices: Readonly<Record<number, Element>>; defaultChoice?: Element },
    ): this;
    saveOffset(name: string): this;
    endianess(order: "big" | "little"): this;
    getCode(): string;
    parse(bytes: Uint8Array): Record<string, unknown>;
  }
}
