import { describe, expect, it } from "vitest";
import { layWith, outcome, PAGE, patched, spliced } from "../../../test/damage.ts";
import { concat, configuration, header } from "../../../test/streams.ts";
import { events } from "../../../test/told.ts";

const whole = layWith({});
const { at } = whole;

const RAM = ["ram start decoded", "ram part decoded", "ram part decoded", "ram end decoded"];
const DEVICES = ["timer full delimited", "fifo full delimited"];
const ALL = [...RAM, ...DEVICES];
const DECODED = ["timer decoded", "fifo decoded"];
const HALF = ["ram start decoded", "ram part damaged", "ram part decoded", "ram end decoded", ...DEVICES];

interface Case {
  readonly what: string;
  readonly data: Uint8Array;
  /** Where the first error points, and to what. */
  readonly offset: number;
  readonly subject: string;
  readonly sections: readonly string[];
  readonly devices?: readonly string[];
  /** Bytes at most that are given up. */
  readonly lost: number;
  readonly end?: string;
}

const cases: readonly Case[] = [
  {
    what: "a changed record word in the middle of RAM",
    data: patched(whole.data, at.hit, 0xff),
    offset: at.hit,
    subject: "sections[1].RamRecord.word",
    sections: HALF,
    lost: PAGE,
  },
  {
    what: "a record of no known kind",
    data: patched(whole.data, at.hit + 7, 0x23),
    offset: at.hit,
    subject: "sections[1].RamRecord.word",
    sections: HALF,
    lost: PAGE,
  },
  {
    what: "a page made a zero page",
    data: patched(whole.data, at.hit + 7, 0x22),
    offset: at.hit + 9,
    subject: "sections[1].RamRecord.word",
    sections: HALF,
    lost: PAGE,
  },
  {
    what: "a bad section type",
    data: patched(whole.data, at.secondHeader, 0x77),
    offset: at.secondHeader,
    subject: "sections[2].type",
    sections: ["ram start decoded", "ram part decoded", "ram part damaged", "ram end decoded", ...DEVICES],
    lost: 5,
  },
  {
    what: "a PART header of a section that was never started",
    data: patched(whole.data, at.secondHeader + 4, 0x63),
    offset: at.secondHeader + 1,
    subject: "sections[2].SectionPartHeader.sectionId",
    sections: ["ram start decoded", "ram part decoded", "ram part damaged", "ram end decoded", ...DEVICES],
    lost: 5,
  },
  {
    what: "an EOS that is none",
    data: patched(whole.data, at.eos + 7, 0x11),
    offset: at.eos,
    subject: "sections[1].RamRecord.word",
    sections: HALF,
    lost: 0,
  },
  {
    what: "a footer that is none",
    data: patched(whole.data, at.footer, 0x11),
    offset: at.footer,
    subject: "sections[1].SectionFooter",
    sections: HALF,
    lost: 5,
  },
  {
    what: "a footer of another section",
    data: patched(whole.data, at.footer + 4, 0x63),
    offset: at.footer,
    subject: "sections[1].SectionFooter",
    sections: HALF,
    lost: 5,
  },
  {
    what: "the name of a device",
    data: patched(whole.data, at.devices + 6, 0x01),
    offset: at.devices + 6,
    subject: "sections[4].SectionHeader.idstr",
    sections: [...RAM, "fifo full delimited"],
    devices: ["fifo decoded"],
    lost: 40,
  },
  {
    what: "the type of a device",
    data: patched(whole.data, at.devices, 0x44),
    offset: at.devices,
    subject: "sections[4].type",
    sections: [...RAM, "fifo full delimited"],
    devices: ["fifo decoded"],
    lost: 40,
  },
  {
    what: "the footer of a device",
    data: patched(whole.data, at.devices + 28, 0x11),
    offset: at.devices + 28,
    subject: "sections[4].SectionFooter",
    sections: [...RAM, "timer full damaged", "fifo full delimited"],
    devices: ["fifo decoded"],
    lost: 0,
  },
  {
    what: "the footer of the last device",
    data: patched(whole.data, at.eof - 5, 0x11),
    offset: at.eof - 5,
    subject: "sections[5].SectionFooter",
    sections: [...RAM, "timer full delimited", "fifo full damaged"],
    lost: 0,
  },
  {
    what: "bytes missing within a page",
    data: spliced(whole.data, at.hit + 1000, 3),
    offset: at.after,
    subject: "sections[1].RamRecord.word",
    sections: HALF,
    lost: PAGE,
  },
  {
    what: "bytes too many within a page",
    data: spliced(whole.data, at.hit + 1000, 0, 1, 2, 3),
    offset: at.after,
    subject: "sections[1].RamRecord.word",
    sections: HALF,
    lost: PAGE + 3,
  },
  {
    what: "a whole page gone with its header",
    data: spliced(whole.data, at.hit + 4, PAGE + 8),
    offset: -1,
    subject: "",
    sections: ALL,
    lost: 0,
  },
  {
    what: "a block of zeros over RAM",
    data: patched(whole.data, at.hit - 100, ...new Uint8Array(6000)),
    offset: at.hit,
    subject: "sections[1].RamRecord.word",
    sections: HALF,
    lost: 6000 + PAGE,
  },
  {
    what: "the block list",
    data: patched(whole.data, at.start + 33, 0x7f),
    offset: at.start + 32,
    subject: "sections[0].RamBlockEntry.usedLength",
    sections: ["ram start damaged", "ram part decoded", "ram part decoded", "ram end decoded", ...DEVICES],
    lost: 60,
  },
  {
    what: "the id in the START header of RAM",
    data: patched(whole.data, at.start + 4, 0x09),
    offset: at.partHeader - 5,
    subject: "sections[0].SectionFooter",
    sections: ALL,
    lost: 0,
  },
  {
    what: "a tail that is missing",
    data: whole.data.subarray(0, at.hit + 500),
    offset: at.hit + 8,
    subject: "sections[1].normal",
    sections: ["ram start decoded", "ram part cut"],
    devices: [],
    lost: 0,
    end: "truncated",
  },
];

describe("after damage", () => {
  it.each(cases)("$what: everything around it is read", ({ data, ...expected }) => {
    const found = outcome(data);
    expect(found.sections).toEqual(expected.sections);
    expect(found.devices).toEqual(expected.devices ?? DECODED);
    expect(found.error ?? { offset: -1, subject: "" }).toEqual({
      offset: expected.offset,
      subject: expected.subject,
    });
    expect(found.lost).toBeLessThanOrEqual(expected.lost);
    expect(found.end).toBe(expected.end ?? "eof");
  });

  it("within a subsection of the configuration the machine is told", () => {
    const data = concat(header(), configuration("virt-5.2", { targetPageBits: 12 }));
    for (const cut of [data.length - 1, data.length - 20]) {
      const found = events(data.subarray(0, cut)).map(({ kind }) => kind);
      expect(found).toEqual(["header", "configuration", "finding", "end"]);
    }
    const bad = events(concat(patched(data, data.length - 1, 99), Uint8Array.of(0)));
    expect(bad).toContainEqual(expect.objectContaining({ kind: "configuration", machine: "virt-5.2" }));
    expect(bad).toContainEqual(
      expect.objectContaining({ finding: expect.objectContaining({ offset: data.length - 4 }) }),
    );
  });

  it("was none before: the stream itself is sound", () => {
    expect(outcome(whole.data)).toEqual({
      error: undefined,
      rules: [],
      lost: 0,
      sections: ALL,
      devices: DECODED,
      end: "eof",
    });
  });
});
