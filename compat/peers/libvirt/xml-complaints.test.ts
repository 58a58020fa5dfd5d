import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeText } from "../../../codec/layout/index.ts";
import { complaint } from "./complaint.ts";
import { parseDomain } from "./domain.ts";
import { rulesOf } from "./rules.ts";

interface Case {
  readonly xml?: string;
  readonly hex?: string;
  readonly results: readonly { readonly libvirt: readonly string[]; readonly said: string }[];
}
const FILE = new URL("../../../fixtures/libvirt/xml-complaints.json", import.meta.url);
const cases: Readonly<Record<string, Case>> = JSON.parse(readFileSync(FILE, "utf8")).cases;

describe("what libvirt says of a domain XML", () => {
  const rows = Object.entries(cases).flatMap(([name, { xml, hex, results }]) =>
    results.flatMap(({ libvirt, said }) =>
      libvirt.map((version) => ({
        name,
        version,
        said,
        text: xml ?? decodeText(Buffer.from(hex ?? "", "hex")),
      })),
    ),
  );

  it("was recorded of four releases", () => {
    expect(rows).toHaveLength(4 * 43);
  });

  it.each(rows)("$name on $version", ({ version, text, said }) => {
    const parsed = parseDomain(text, rulesOf(version, "later"));
    expect("stage" in parsed ? (parsed.error ?? parsed.outcome) : "ok").toBe(said);
  });

  it("is not known of what a document declares, nor of what does not end", () => {
    const rules = rulesOf("9.0.0", "later");
    expect(parseDomain('<!DOCTYPE domain [<!ENTITY a "b">]><domain>&a;</domain>', rules)).toMatchObject({
      outcome: "unknown",
    });
    const named = (title: string, value: string) =>
      `<!DOCTYPE domain [<!ENTITY a "${value}">]><domain type='kvm'><name>n</name><title>${title}</title><memory>1</memory><os><type>hvm</type></os></domain>`;
    expect(parseDomain(named("", "&b;"), rules)).toMatchObject({ name: "n" });
    expect(parseDomain(named("&a;", "b"), rules)).toMatchObject({ name: "n" });
    expect(parseDomain(named("&a;", "&b;"), rules)).toMatchObject({ outcome: "unknown" });
    expect(parseDomain(named("&c;", "b"), rules)).toMatchObject({ outcome: "unknown" });
    expect(complaint("<domain><!-- ", "(x)", rules)).toBeUndefined();
    expect(complaint("<domain>&#x;</domain>", "(x)", rules)).toBeUndefined();
  });

  it("never throws, whatever the text", () => {
    const parts = [
      "<",
      ">",
      "/",
      "</",
      "a",
      "=",
      '"',
      "'",
      "&",
      ";",
      "\n",
      " ",
      "<!--",
      "-->",
      "<?",
      "?>",
      "]]>",
      "\u0001",
      "\udcff",
    ];
    const text = fc.array(fc.constantFrom(...parts), { maxLength: 40 }).map((chosen) => chosen.join(""));
    const version = fc.constantFrom("0.9.4", "7.0.0", "9.0.0", "12.8.0");
    fc.assert(
      fc.property(text, version, (xml, libvirt) => void parseDomain(xml, rulesOf(libvirt, "earlier"))),
    );
  });
});
