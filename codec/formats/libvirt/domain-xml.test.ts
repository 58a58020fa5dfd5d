import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mutate } from "../../../test/mutate.ts";
import { COOKIE, readSave, saveImage, text, XML } from "../../../test/save-images.ts";
import { mulberry32 } from "../../../test/told.ts";
import { checkSaveXml } from "../../index.ts";
import { decodeText } from "../../layout/index.ts";
import { kibibytes } from "./domain-memory.ts";
import { readDomainXml, readSaveCookie } from "./domain-xml.ts";

const SEED = Number(process.env.SEED ?? 20260801);
const NOTHING = readDomainXml("<other/>");

const FULL = `<?xml version="1.0"?>
<!-- written by hand -->
<domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
  <name>a &lt;guest&gt; &#233;</name>
  <uuid>6e3a0001-aaaa-4bbb-8ccc-00f2d42d523c</uuid>
  <title><![CDATA[one & two]]></title>
  <metadata><app><name>not this one</name></app></metadata>
  <maxMemory slots='16' unit='GiB'>4</maxMemory>
  <memory unit='MiB' dumpCore='off'>1536</memory>
  <currentMemory>1048576</currentMemory>
  <vcpu placement='static' current='2'>4</vcpu>
  <os><type arch='aarch64' machine='virt-7.2'>hvm</type></os>
  <cpu mode='custom'><model fallback='forbid'>cortex-a57</model></cpu>
  <devices>
    <emulator>/usr/bin/qemu-system-aarch64</emulator>
    <disk type='file' device='cdrom'><source file='/a.iso'/><target dev='sda' bus='sata'/><alias name='sata0-0-0'/></disk>
    <interface type='network'><mac address='52:54:00:00:00:01'/><source network='default'/><model type='virtio'/></interface>
    <controller type='pci' index='0' model='pcie-root'/>
    <video><model type='cirrus' vram='16384'/></video>
    <memory model='dimm'><target><size unit='KiB'>524288</size><node>0</node></target><alias name='dimm0'/></memory>
  </devices>
  <name>a second name</name>
  <qemu:commandline><qemu:arg value='-newarg'/></qemu:commandline>
</domain>
`;

describe("a domain XML", () => {
  it("is read", () => {
    expect(readDomainXml(FULL)).toEqual({
      problem: null,
      namespace: null,
      osType: "hvm",
      memory: "1536",
      hasNodes: false,
      root: "domain",
      name: "a <guest> é",
      uuid: "6e3a0001-aaaa-4bbb-8ccc-00f2d42d523c",
      title: "one & two",
      virtType: "kvm",
      arch: "aarch64",
      machine: "virt-7.2",
      emulator: "/usr/bin/qemu-system-aarch64",
      memoryKiB: 1536 * 1024,
      currentMemoryKiB: 1048576,
      maxMemoryKiB: 4 << 20,
      dumpCore: "off",
      vcpus: 4,
      currentVcpus: 2,
      cpu: { mode: "custom", model: "cortex-a57" },
      devices: [
        {
          kind: "disk",
          type: "file",
          device: "cdrom",
          bus: "sata",
          target: "sda",
          source: "/a.iso",
          alias: "sata0-0-0",
        },
        { kind: "interface", type: "network", model: "virtio", source: "default", mac: "52:54:00:00:00:01" },
        { kind: "controller", type: "pci", model: "pcie-root", index: "0" },
        { kind: "video", model: "cirrus" },
        { kind: "memory", model: "dimm", alias: "dimm0" },
      ],
      devicesOmitted: 0,
      memoryDevices: [{ model: "dimm", sizeKiB: 524288, alias: "dimm0" }],
    });
  });

  it("of something else than a domain names no guest", () => {
    const found = readDomainXml("<domainsnapshot><name>one</name></domainsnapshot>");
    expect(found).toEqual({ ...NOTHING, root: "domainsnapshot" });
  });

  it("lists a thousand devices and counts the others", () => {
    const found = readDomainXml(`<domain><devices>${"<hub/>".repeat(1234)}</devices></domain>`);
    expect(found.devices).toHaveLength(1000);
    expect(found.devicesOmitted).toBe(234);
  });

  it.each([
    ["", 1, 1, 0],
    ["this is not xml", 1, 16, 15],
    ["<domain>\n<name>&nbsp;</name></domain>", 2, 13, 21],
    ["<domain>\n  <name></uuid></domain>", 2, 16, 24],
    ["<domain>\n  <na", 2, 6, 14],
    ["<domain type='kvm' type='qemu'/>", 1, 33, 32],
    ["<domain/><domain/>", 1, 18, 17],
    ["<domain>é\n&foo;</domain>", 2, 6, 16],
  ])("that is broken is told with its place: %j", (xml, line, column, offset) => {
    expect(readDomainXml(xml).problem).toMatchObject({
      line,
      column,
      offset,
      message: expect.stringMatching(/[^.]$/),
    });
  });

  it("keeps what stood in front of the break", () => {
    const found = readDomainXml("<domain type='kvm'><name>guest</name><uuid>6e3a");
    expect(found).toMatchObject({ root: "domain", name: "guest", uuid: null, virtType: "kvm" });
    expect(found.problem?.message).toMatch(/unclosed tag/);
  });

  it("expands no entity that it declares", () => {
    const laughs = Array.from({ length: 10 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join(
      "",
    );
    const bomb = `<!DOCTYPE domain [<!ENTITY l0 "ha">${laughs}]><domain><name>&l10;</name></domain>`;
    expect(readDomainXml(bomb)).toMatchObject({ problem: { entity: "l10" }, name: null });
    const file = `<!DOCTYPE domain [<!ENTITY f SYSTEM "file:///etc/passwd">]><domain><name>&f;</name></domain>`;
    expect(readDomainXml(file)).toMatchObject({ problem: { entity: "f" }, name: null });
  });

  it("may be 256 elements deep", () => {
    const deep = (depth: number) => "<a>".repeat(depth) + "</a>".repeat(depth);
    expect(readDomainXml(deep(256)).problem).toBeNull();
    expect(readDomainXml(deep(257)).problem?.message).toBe("more than 256 elements within each other");
  });

  it("holds names that JavaScript knows too", () => {
    const xml = "<domain __proto__='x'><devices><constructor model='y'/><__proto__/></devices></domain>";
    expect(readDomainXml(xml).devices).toEqual([{ kind: "constructor", model: "y" }, { kind: "__proto__" }]);
  });

  it("survives any damage", () => {
    for (let i = 0; i < 500; i++) {
      const bad = mutate(text(FULL), mulberry32(SEED + i * 7919));
      const { problem } = readDomainXml(decodeText(bad));
      if (problem) expect(problem.offset).toBeLessThanOrEqual(bad.length);
    }
  });

  it("survives anything", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."<>/='\"&;![]-?adomin \n\0\udc80") }), (xml) => {
        readDomainXml(`<domain>${xml}`);
        readSaveCookie(xml);
      }),
    );
  });
});

describe("an amount of memory", () => {
  it.each<[string, string | undefined, number | null]>([
    ["1024", undefined, 1024],
    ["1024", "", 1024],
    [" 16384\n", "KiB", 16384],
    ["1", "k", 1],
    ["1000", "KB", 977],
    ["1024", "b", 1],
    ["1025", "bytes", 2],
    ["1", "byte", 1],
    ["2", "m", 2048],
    ["2", "MB", 1954],
    ["1", "gib", 1 << 20],
    ["1", "T", 2 ** 30],
    ["3", "PiB", 3 * 2 ** 40],
    ["1", "EB", 976562500000000],
    ["16", "EiB", null],
    ["1", "iB", null],
    ["1", "KiBs", null],
    ["1", "x", null],
    ["1", "kk", null],
    ["-1", "KiB", null],
    ["1.5", "GiB", null],
    ["", "KiB", null],
    ["9".repeat(21), "b", null],
  ])("of %j %s is %s KiB", (amount, unit, expected) => {
    expect(kibibytes(amount, unit)).toBe(expected);
  });
});

describe("a save cookie", () => {
  it("is read", () => {
    const cookie =
      "<cookie>\n <cpu mode='custom' check='full'>\n  <model>qemu64</model>\n </cpu>\n <slirpHelper/>\n</cookie>";
    expect(readSaveCookie(cookie)).toEqual({
      problem: null,
      root: "cookie",
      children: ["cpu", "slirpHelper"],
      cpu: { mode: "custom", model: "qemu64" },
      slirpHelper: true,
    });
  });

  it("may be empty", () => {
    expect(readSaveCookie("<cookie>\n</cookie>\n")).toMatchObject({ problem: null, children: [], cpu: null });
    expect(readSaveCookie("")).toMatchObject({ root: null, problem: { line: 1 } });
  });
});

describe("what is said of the texts in an image", () => {
  const check = (xml: string, cookie: string | null = COOKIE) => {
    const { image } = readSave(saveImage({ xml, cookie }));
    if (!image) return expect.fail("no image");
    return checkSaveXml(image, readDomainXml(xml), cookie === null ? null : readSaveCookie(cookie));
  };

  it("is nothing where they are sound", () => {
    expect(check(XML)).toEqual([]);
    expect(check(XML, null)).toEqual([]);
    expect(checkSaveXml({ xml: null, cookie: null }, null, null)).toEqual([]);
  });

  it.each<[string, string, string | null, object]>([
    [
      "broken",
      "<domain>\n<é></domain>",
      null,
      { rule: "SAVE_XML_WELL_FORMED", level: "error", offset: 92 + 22, args: { line: 2 } },
    ],
    ["a snapshot", "<domainsnapshot/>", null, { rule: "SAVE_XML_IS_DOMAIN", level: "error", offset: 92 }],
    [
      "without a UUID",
      XML.replace(/<uuid>.*<\/uuid>/, ""),
      null,
      { rule: "SAVE_XML_NAMES_GUEST", level: "warning", args: { what: "uuid" } },
    ],
    [
      "with an entity of its own",
      `<!DOCTYPE domain [<!ENTITY a "b">]>\n<domain><name>&a;</name></domain>`,
      null,
      { rule: "SAVE_XML_ENTITY_EXPANDED", level: "error", args: { entity: "a", line: 2 } },
    ],
    [
      "without a machine",
      XML.replace(/machine='[^']*'/, ""),
      null,
      { rule: "SAVE_XML_NAMES_GUEST", args: { what: "machine type" } },
    ],
    ["beside a broken cookie", XML, "<cookie>", { rule: "SAVE_COOKIE_WELL_FORMED", level: "error" }],
    [
      "beside no cookie",
      XML,
      "<notacookie/>",
      { rule: "SAVE_COOKIE_WELL_FORMED", args: { problem: "expected <cookie>, found <notacookie>" } },
    ],
    [
      "beside a newer cookie",
      XML,
      "<cookie><cpu/><new/><new/></cookie>",
      { rule: "SAVE_COOKIE_KNOWN", level: "note", args: { found: "<new>" } },
    ],
  ])("%s", (_, xml, cookie, expected) => {
    expect(check(xml, cookie)).toMatchObject([expected]);
  });

  it("is nothing of a DOCTYPE whose entities are not used", () => {
    expect(check(`<!DOCTYPE domain [<!ENTITY amp "x"><!ENTITY a SYSTEM "file:///b">]>${XML}`)).toEqual([]);
  });

  it.each<[string, (xml: string) => string, string]>([
    ["no name", (xml) => xml.replace(/<name>.*<\/name>/, ""), "missing name information"],
    ["an empty name", (xml) => xml.replace(/<name>.*<\/name>/, "<name/>"), "missing name information"],
    ["a slash", (xml) => xml.replace(/<name>.*<\/name>/, "<name>a/b</name>"), "name a/b cannot contain '/'"],
    ["a bad UUID", (xml) => xml.replace(/<uuid>.*<\/uuid>/, "<uuid>no</uuid>"), "malformed uuid element"],
    ["no type", (xml) => xml.replace(/type='(qemu|kvm)'/, ""), "missing domain type attribute"],
    ["a bogus type", (xml) => xml.replace(/type='(qemu|kvm)'/, "type='bogus'"), "invalid domain type bogus"],
    ["no os", (xml) => xml.replace(/<os>[\s\S]*<\/os>/, ""), "an os <type> must be specified"],
    [
      "a bogus architecture",
      (xml) => xml.replace(/arch='[^']*'/, "arch='bogus'"),
      "Unknown architecture bogus",
    ],
    [
      "no memory",
      (xml) => xml.replace(/<memory .*<\/memory>/, ""),
      "Memory size must be specified via <memory>",
    ],
    [
      "lots of memory",
      (xml) => xml.replace(/(<memory [^>]*>)[^<]*/, "$1lots"),
      "Invalid value 'lots' for element or attribute",
    ],
    ["a namespace", (xml) => xml.replace("<domain ", "<domain xmlns='urn:x' "), "missing name information"],
  ])("is what every libvirt says of %s", (_, change, error) => {
    const changed = change(XML);
    expect(changed).not.toBe(XML);
    expect(check(changed)).toMatchObject([{ rule: "SAVE_XML_ACCEPTED", level: "error", args: { error } }]);
  });

  it("leaves to libvirt what it takes: memory by nodes, a UUID without dashes", () => {
    const nodes = "<cpu><numa><cell id='0' cpus='0' memory='16384'/></numa></cpu>";
    const byNodes = XML.replace(/<memory .*<\/memory>/, nodes);
    const plain = XML.replace(/(<uuid>)(.*)(<\/uuid>)/, (_, a, b, c) => a + b.replaceAll("-", "") + c);
    expect([...check(byNodes), ...check(plain)]).toEqual([]);
  });
});
