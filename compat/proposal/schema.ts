import { z } from "zod";

const name = z.string().regex(/^[a-z][A-Za-z0-9]*$/, "a name in camelCase");
const kebab = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "words in kebab-case");
const sentence = z.string().min(1).max(4000);
const idstr = z.string().min(1).max(255);
const json = z.union([z.number(), z.string(), z.boolean()]);
const values = z.record(z.string(), json);

/** A field that a table gains: within a reserved one, behind another, or at the end. */
const addedField = z
  .strictObject({
    name,
    type: z.enum(["u8", "u16", "u32", "u64", "bytes", "text", "uuid"]),
    length: z.int().min(0).max(65535).optional(),
    in: name.optional(),
    offset: z.int().min(0).optional(),
    after: name.optional(),
    value: json,
    doc: sentence.optional(),
  })
  .refine(({ type, length }) => (type === "bytes" || type === "text") === (length !== undefined), {
    message: "bytes and text, and only they, have a length",
    path: ["length"],
  })
  .refine(({ in: within, after, offset }) => !(within && after) && (within || offset === undefined), {
    message: "either in a reserved field, at an offset, or after another field",
    path: ["in"],
  });
export type AddedField = z.infer<typeof addedField>;

const edit = {
  table: z.string().min(1),
  set: values.default({}),
  add: z.array(addedField).max(64).default([]),
};
const payload = {
  /** Table that the payload is today; without it the payload is made of `add` alone. */
  table: z.string().min(1).optional(),
  set: values.default({}),
  add: z.array(addedField).max(64).default([]),
};
const u16 = z.int().min(0).max(0xffff);
const atLeastOne = "at least one state";

const message = z.strictObject({
  kind: z.literal("message"),
  from: z.literal("destination").default("destination"),
  when: z.array(z.enum(["precopy", "postcopy"])).min(1, atLeastOne),
  name: sentence,
  type: u16,
  /** Declared, where it is not the payload's. */
  length: u16.optional(),
  ...payload,
});

const command = z.strictObject({
  kind: z.literal("command"),
  from: z.literal("source").default("source"),
  when: z.array(z.enum(["setup", "precopy", "postcopy"])).min(1, atLeastOne),
  name: sentence,
  command: u16,
  length: u16.optional(),
  ...payload,
});

const packet = z.strictObject({
  kind: z.literal("packet"),
  from: z.literal("source").default("source"),
  ...edit,
});

const header = z.strictObject({
  kind: z.literal("header"),
  from: z.literal("source").default("source"),
  ...edit,
});

const section = z.strictObject({
  kind: z.literal("section"),
  from: z.literal("source").default("source"),
  idstr,
  instance: z.int().min(0).max(0xffff_ffff).default(0),
  version: z.int().min(0).max(0x7fff_ffff).default(1),
  type: z.enum(["full", "start"]).default("full"),
  ...payload,
});

const subsection = z.strictObject({
  kind: z.literal("subsection"),
  from: z.literal("source").default("source"),
  of: z.literal("configuration"),
  name: kebab,
  version: z.int().min(0).max(0x7fff_ffff).default(1),
  ...payload,
});

const ramFlag = z.strictObject({
  kind: z.literal("ram-flag"),
  from: z.literal("source").default("source"),
  name: sentence,
  /** The bit, or bits, of the record's first word. */
  flag: z.int().min(1).max(0xfff),
  ...payload,
});

const part = z.union([
  z.literal("stream"),
  z.literal("multifd-init"),
  z.strictObject({ new: z.string().min(1), set: values.default({}), add: z.array(addedField).default([]) }),
]);

const handshake = z.strictObject({
  kind: z.literal("handshake"),
  from: z.literal("source").default("source"),
  /** What each connection begins with, in the order in which they are made. */
  connections: z.array(z.array(part).max(16)).min(1).max(16),
});

const saveHeader = z.strictObject({
  kind: z.literal("save-header"),
  from: z.literal("libvirt").default("libvirt"),
  ...edit,
  /** What the header says until the stream is whole; without it nothing marks an unfinished image. */
  unfinished: values.optional(),
});

const transport = z.strictObject({
  kind: z.literal("transport"),
  from: z.enum(["source", "destination", "both"]).default("both"),
  option: sentence,
});

const gate = z.union([
  z.literal("nothing"),
  z.strictObject({ capability: kebab, default: z.boolean().default(false) }),
  z.strictObject({
    parameter: kebab,
    default: json,
    off: json.default(0),
    on: json,
  }),
  z.strictObject({ property: z.string().regex(/^[a-z0-9-]+\.[a-z0-9-]+$/, "driver.property") }),
  z.strictObject({ streamVersion: z.int().min(4).max(0xffff_ffff) }),
]);

/** A proposed change of the protocol, as its file has it. */
export const proposalSchema = z.strictObject({
  format: z.literal("migwire/proposal@1"),
  id: kebab,
  title: sentence,
  /** Thread, patch or issue it comes from. */
  reference: sentence,
  /** How that ended, or what is to be learnt from it. */
  conclusion: sentence.optional(),
  gate,
  changes: z
    .array(
      z.discriminatedUnion("kind", [
        message,
        command,
        packet,
        header,
        section,
        subsection,
        ramFlag,
        handshake,
        saveHeader,
        transport,
      ]),
    )
    .min(1)
    .max(32),
});

export type Proposal = z.infer<typeof proposalSchema>;
export type Change = Proposal["changes"][number];
export type ChangeOf<K extends Change["kind"]> = Extract<Change, { kind: K }>;
export type ProposedGate = Proposal["gate"];
