import { chapterAt, type Fact, type Lean, reached, valueAt } from "../../facts/fact.ts";
import {
  ACTIVE_ERROR,
  DUMPXML,
  MACHINE_CHECK,
  NAME_TAKEN,
  ROOT_ERROR,
  XML_BAD_BYTES,
  XML_CUT,
  XML_ERROR_PREFIX,
} from "../../facts/libvirt/domain.ts";
import {
  DECOMPRESSES,
  FORMAT_CHECK,
  LZOP_IGNORES_WARNINGS,
  RAW_FEED,
  SAVE_FORMAT_FACTS,
  type SaveProgram,
} from "../../facts/libvirt/formats.ts";
import {
  COOKIE_BEYOND,
  LENGTH_CHECK,
  PARTIAL_MAGIC,
  SAVE_COOKIE,
  SAVE_NUMBERS,
  SAVE_VERSION_READ,
  XML_READ_ERROR,
} from "../../facts/libvirt/header.ts";
import {
  CHECKS_OWNER,
  DISCARD_FAILS_START,
  MANAGED_SAVE_DISCARDS,
  OWNER_REFUSAL_LOST,
} from "../../facts/libvirt/managed-save.ts";
import { DECOMPRESSOR_STATUS, MONITOR_CLOSED, STAYS_ON_ERROR } from "../../facts/libvirt/qemu-errors.ts";

export type LibvirtRules = ReturnType<typeof rulesOf>;

/** What one libvirt release goes by, from the facts. */
export function rulesOf(version: string, lean: Lean) {
  const at = <T>(facts: readonly Fact<T>[]) => valueAt(facts, version, lean);
  const is = (facts: readonly Fact[]) => at(facts) === true;
  return {
    numbers: at(SAVE_NUMBERS) ?? "swaps",
    versionRead: at(SAVE_VERSION_READ) ?? 2,
    partialMagic: is(PARTIAL_MAGIC),
    lengthCheck: at(LENGTH_CHECK),
    xmlReadError: at(XML_READ_ERROR) ?? "",
    cookie: is(SAVE_COOKIE),
    cookieBeyond: at(COOKIE_BEYOND),
    formatCheck: at(FORMAT_CHECK),
    programs: programsOf(version, lean),
    decompresses: at(DECOMPRESSES),
    lzopIgnoresWarnings: is(LZOP_IGNORES_WARNINGS),
    rawFeed: at(RAW_FEED) ?? "file",
    decompressorStatus: is(DECOMPRESSOR_STATUS),
    discards: at(MANAGED_SAVE_DISCARDS),
    discardFailsStart: is(DISCARD_FAILS_START),
    checksOwner: is(CHECKS_OWNER),
    ownerRefusalLost: is(OWNER_REFUSAL_LOST),
    dumpxml: is(DUMPXML),
    xmlErrorPrefix: at(XML_ERROR_PREFIX),
    xmlCut: at(XML_CUT) ?? "premature",
    xmlBadBytes: at(XML_BAD_BYTES) ?? "bytes",
    rootError: at(ROOT_ERROR),
    nameTaken: at(NAME_TAKEN) ?? "already exists",
    activeError: at(ACTIVE_ERROR) ?? "",
    machineCheck: is(MACHINE_CHECK),
    monitorClosed: chapterAt(MONITOR_CLOSED, version, lean)?.value,
    staysOnError: is(STAYS_ON_ERROR),
  };
}

function programsOf(version: string, lean: Lean): readonly SaveProgram[] {
  return SAVE_FORMAT_FACTS.filter(({ since }) => reached(since, version, lean)).map(({ value }) => value);
}
