import type { Steps } from "../../layout/index.ts";
import { decodeText } from "../../layout/index.ts";
import {
  Capabilities,
  ConfigurationHeader,
  ConfigurationUuid,
  SUBSECTION,
  SubsectionHeader,
  TargetPageBits,
} from "./qemu-file.ts";
import { find, pathOf, type Reader, wrong } from "./qemu-reader.ts";

/** No machine type of any release has a longer name. */
const LONGEST_NAME = 1024;

/** More than twice as many as any release has. */
const MOST_CAPABILITIES = 64;

/** Reads the configuration section: machine name, then its subsections. It has no footer. */
export function* readConfiguration(reader: Reader): Steps {
  const { cursor } = reader;
  const offset = cursor.offset;
  const within = "configuration";
  const { nameLength } = yield* cursor.struct(ConfigurationHeader, { within });
  if (nameLength > LONGEST_NAME)
    throw wrong(
      reader,
      "configuration.nameLength",
      offset + 1,
      `at most ${LONGEST_NAME}`,
      String(nameLength),
    );
  yield* cursor.need(nameLength, `${within}.machine`);
  const machine = decodeText(cursor.bytes.subarray(cursor.at, cursor.at + nameLength));
  traceName(reader, nameLength, machine);
  cursor.at += nameLength;
  const told: Told = { capabilities: [], uuid: null, targetPageBits: null };
  try {
    while ((yield* cursor.upTo(1)) === 1 && cursor.bytes[cursor.at] === SUBSECTION)
      yield* readSubsection(reader, told);
    reader.capabilities = told.capabilities;
  } finally {
    const length = cursor.offset - offset;
    reader.sink.event({ kind: "configuration", offset, length, machine, ...told });
  }
}

/** What the subsections say. */
interface Told {
  capabilities: readonly string[];
  uuid: string | null;
  targetPageBits: number | null;
}

function* readSubsection(reader: Reader, told: Told): Steps {
  const { cursor } = reader;
  const within = "configuration";
  const start = cursor.offset;
  const { idstr } = yield* cursor.struct(SubsectionHeader, { within });
  if (idstr === "configuration/target-page-bits") {
    const { targetPageBits } = yield* cursor.struct(TargetPageBits, { within });
    usePageBits(reader, targetPageBits, cursor.offset - 4);
    told.targetPageBits = targetPageBits;
  } else if (idstr === "configuration/capabilities") {
    yield* boundCapabilities(reader);
    const { names } = yield* cursor.struct(Capabilities, { within });
    told.capabilities = names.map(({ capability }) => capability);
  } else if (idstr === "configuration/uuid") {
    told.uuid = (yield* cursor.struct(ConfigurationUuid, { within })).uuid;
  } else {
    find(reader, "CONFIGURATION_SUBSECTION_KNOWN", "error", start, { idstr });
    throw wrong(
      reader,
      "configuration.subsection",
      start,
      "a known configuration subsection",
      JSON.stringify(idstr),
    );
  }
}

function* boundCapabilities(reader: Reader): Steps {
  const { cursor } = reader;
  yield* cursor.need(4, "configuration.Capabilities.count");
  const count = cursor.view.getUint32(cursor.at);
  if (count > MOST_CAPABILITIES)
    throw wrong(reader, "Capabilities.count", cursor.offset, `at most ${MOST_CAPABILITIES}`, String(count));
}

function usePageBits(reader: Reader, bits: number, offset: number): void {
  if (bits < 8 || bits > 16)
    throw wrong(reader, "configuration.targetPageBits", offset, "8 to 16", String(bits));
  reader.ram.pageSize = 2 ** bits;
  reader.ram.pageSizeKnown = true;
}

function traceName(reader: Reader, length: number, machine: string): void {
  const { cursor } = reader;
  if (length === 0) return;
  const field = { kind: "text", length, doc: "Machine type of the source." } as const;
  const path = `${pathOf(reader)}.configuration.machine`;
  cursor.trace?.({ path, start: cursor.offset, end: cursor.offset + length, value: machine, field });
}
