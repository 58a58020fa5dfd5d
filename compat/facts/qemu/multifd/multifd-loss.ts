import type { Fact } from "../../fact.ts";

/** A source whose channel is closed under it leaves the section of RAM that it is in without its end. */
export const PASS_LEFT_OPEN: readonly Fact[] = [
  {
    id: "qemu/multifd/pass-left-open",
    claim:
      "A source that loses a multifd channel gives up within a section of RAM, what it had written of that is sent, and the destination finds the section cut off.",
    value: true,
    since: "3.0",
    until: { after: "7.2.22", atLatest: "10.0.13" },
    evidence: [{ kind: "run", of: "5.2.0, 7.2.22; 10.0.13 and 11.1.3 end behind a record" }],
  },
];

/** A source mostly learns that a channel was closed before all is sent, where few packets are. */
export const MULTIFD_LOSS_NOTICED: readonly Fact[] = [
  {
    id: "qemu/multifd/loss-noticed",
    claim:
      "A source mostly fails when its first plain packet is refused; before, it mostly sends the rest in time.",
    value: true,
    since: { after: "10.0.13", atLatest: "11.1.3" },
    evidence: [
      { kind: "run", of: "11.1.3 to 5.2.0, 7.2.22, 10.0.13, 11.1.3; 5.2.0 and 10.0.13 mostly went on" },
    ],
    notes: "A race; the guests were small.",
  },
];

/** What has left a source whose multifd channels are closed while it sets RAM up. */
export const SETUP_LEFT_OPEN: readonly Fact<"nothing" | "block-list">[] = [
  {
    id: "qemu/multifd/setup-left-open/3.0",
    claim: "Nothing of the main channel has left the source when its multifd channels are closed at once.",
    value: "nothing",
    since: "3.0",
    until: "7.0",
    evidence: [{ kind: "run", of: "5.2.0 to 7.2.22 and 10.0.13" }],
  },
  {
    id: "qemu/multifd/setup-left-open/7.0",
    claim:
      "A source whose multifd channels are closed at once still sends its list of RAM blocks, without an end.",
    value: "block-list",
    since: "7.0",
    until: "9.0",
    evidence: [
      {
        kind: "source",
        where: "7.0.0: migration/ram.c, ram_save_setup() returns when it cannot synchronise",
      },
      { kind: "run", of: "7.2.22 to 5.2.0, 7.2.22 and 10.0.13" },
    ],
  },
  {
    id: "qemu/multifd/setup-left-open/9.0",
    claim: "Nothing of the main channel has left the source when its multifd channels are closed at once.",
    value: "nothing",
    since: "9.0",
    until: { after: "10.0.13", atLatest: "11.1.3" },
    evidence: [{ kind: "run", of: "10.0.13 to 5.2.0, 7.2.22 and 10.0.13" }],
  },
  {
    id: "qemu/multifd/setup-left-open/11.1",
    claim:
      "A source whose multifd channels are closed at once still sends its list of RAM blocks, without an end.",
    value: "block-list",
    since: { after: "10.0.13", atLatest: "11.1.3" },
    evidence: [{ kind: "run", of: "11.1.3 to 5.2.0, 7.2.22 and 10.0.13" }],
  },
];
