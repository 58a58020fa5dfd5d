import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { libvirtFixtures } from "../../../test/libvirt-fixtures.ts";
import { readSave } from "../../../test/save-images.ts";
import { checkSaveXml, decode, encode, inferWriterEra, SAVE_HEADER_SIZE, SaveHeader } from "../../index.ts";
import { type DomainDevice, type DomainXml, readDomainXml, readSaveCookie } from "./domain-xml.ts";

interface Recorded {
  readonly file: string;
  readonly path: string | URL;
  readonly size: number;
  readonly uncompressed?: { readonly size: number };
  readonly header_le?: Readonly<Record<string, number | string>>;
  readonly truth: Readonly<Record<string, number | string>>;
  readonly save_image_dumpxml?: string;
  readonly qemu_command?: string;
  readonly machine?: string;
}

const SHARED = new URL("../../../../shared/captures/", import.meta.url);
const fixtures = libvirtFixtures.filter(({ file }) =>
  file.includes(".save"),
) as unknown as readonly Recorded[];
const shared: readonly Recorded[] = existsSync(SHARED)
  ? Object.values<Recorded>(JSON.parse(readFileSync(new URL("manifest.json", SHARED), "utf8")).files)
      .filter(({ file }) => /^libvirt-.*\.save(\.gz)?$/.test(file))
      .map((entry) => ({
        ...entry,
        size: entry.uncompressed?.size ?? entry.size,
        path: new URL(entry.file, SHARED),
      }))
  : [];
const copied = new Set(fixtures.map(({ file }) => file));
const recordings = [...fixtures, ...shared.filter(({ file }) => !copied.has(file))];

function load({ path, file }: Recorded): Uint8Array {
  const bytes = readFileSync(path);
  return new Uint8Array(file.endsWith(".gz") ? gunzipSync(bytes) : bytes);
}

/** What libvirt says again when asked for the XML of the image. It adds devices that go without saying. */
function expectSame(found: DomainXml, shown: DomainXml): void {
  for (const name of [
    "name",
    "uuid",
    "title",
    "machine",
    "memoryKiB",
    "currentMemoryKiB",
    "emulator",
  ] as const)
    expect(found[name]).toBe(shown[name]);
  const brief = ({ kind, target, source }: DomainDevice) => ({ kind, target, source });
  for (const device of found.devices) expect(shown.devices.map(brief)).toContainEqual(brief(device));
}

describe("save images of real libvirt releases", () => {
  it("are all here", () => {
    expect(fixtures.length).toBeGreaterThanOrEqual(20);
    if (existsSync(SHARED)) expect(shared.length).toBe(40);
  });

  it.each(recordings)("hold what is known of $file", (recorded) => {
    const data = load(recorded);
    const { truth, header_le: header, file } = recorded;
    const { image, rules, payload, payloadAt, spans, end } = readSave(data);
    const cookieOffset = Number(truth.cookie_offset);
    expect(data).toHaveLength(recorded.size);
    expect(image).toMatchObject({
      magic: header?.magic === "LibvirtQemudPart" ? "partial" : "complete",
      endian: "little",
      version: 2,
      dataLength: truth.xml_bytes_with_padding_and_cookie,
      ...(header ? { dataLength: header.data_len, wasRunning: header.was_running } : {}),
      format: truth.format_number,
      cookieOffset: truth.cookie_offset,
      payloadOffset: truth.payload_offset,
      xml: { offset: SAVE_HEADER_SIZE, length: cookieOffset - 1, terminated: true },
      cookie: { offset: SAVE_HEADER_SIZE + cookieOffset, terminated: true },
      padding: { zero: true },
    });
    expect(image?.compression).toBe(/^libvirt-[\d.]+-(?:extsnap-)?([a-z0-9]+)/.exec(file)?.[1]);
    expect(payload).toHaveLength(Number(truth.payload_bytes));
    expect(Buffer.compare(payload, data.subarray(payloadAt))).toBe(0);
    expect(end).toMatchObject({ reason: "eof", offset: data.length });
    expect(rules).toEqual(image?.magic === "partial" ? ["SAVE_IMAGE_FINISHED error"] : []);
    expect(spans.at(-1)?.end).toBe(payloadAt);
    const head = data.subarray(0, SAVE_HEADER_SIZE);
    expect(encode(SaveHeader, decode(SaveHeader, head))).toEqual(head);
  });

  it.each(recordings)("name the guest of $file", (recorded) => {
    const { image } = readSave(load(recorded));
    if (!image?.xml?.text || !image.cookie?.text) return expect.fail("no texts");
    const domain = readDomainXml(image.xml.text);
    const cookie = readSaveCookie(image.cookie.text);
    expect(checkSaveXml(image, domain, cookie)).toEqual([]);
    expect(domain).toMatchObject({
      problem: null,
      virtType: "qemu",
      arch: "x86_64",
      memoryKiB: 16384,
      vcpus: 1,
    });
    if (recorded.machine) expect(domain.machine).toBe(recorded.machine);
    if (recorded.save_image_dumpxml) expectSame(domain, readDomainXml(recorded.save_image_dumpxml));
    if (recorded.qemu_command) {
      expect(recorded.qemu_command).toContain(`-uuid ${domain.uuid}`);
      expect(recorded.qemu_command.startsWith(`${domain.emulator} -name guest=${domain.name},`)).toBe(true);
    }
    expect(cookie).toMatchObject({ root: "cookie", children: ["cpu", "slirpHelper"], slirpHelper: true });
    expect(cookie.cpu?.mode).toBe("custom");
    const era = inferWriterEra(image, cookie.children);
    const edited = recorded.file.includes("-edited");
    const since =
      { zstd: "10.4.0", sparse: "11.2.0" }[image.compression as string] ?? (edited ? "5.8.0" : "6.3.0");
    expect(era).toMatchObject({ edited, releases: [{ since, until: null }] });
  });
});
