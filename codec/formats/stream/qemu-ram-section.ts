import { DecodeError, type Steps } from "../../layout/index.ts";
import type { Understanding } from "./qemu-events.ts";
import { readRecord } from "./qemu-ram-record.ts";
import { scanPages } from "./qemu-ram-scan.ts";
import { isTruncation, pathOf, type Reader, reportDamage, skipRaw } from "./qemu-reader.ts";
import { resume } from "./qemu-resume.ts";

/** Reads the records of one part of the ram section up to EOS, going on after damage where that is certain. */
export function* readRam(reader: Reader): Steps<Understanding> {
  let understood: Understanding = "decoded";
  for (;;) {
    try {
      yield* readRecords(reader);
      return understood;
    } catch (error) {
      if (!(error instanceof DecodeError) || isTruncation(reader, error)) throw error;
      reportDamage(reader, error);
    }
    understood = "damaged";
    let place = yield* resume(reader, true);
    while (reader.bare && place === "boundary") {
      yield* skipRaw(reader, 1, "damaged");
      place = yield* resume(reader, true);
    }
    if (place !== "record") return understood;
  }
}

function* readRecords(reader: Reader): Steps {
  const { cursor, ram, sink } = reader;
  const inPackage = Number.isFinite(cursor.limit);
  const onward = (view: DataView, at: number, end: number) =>
    scanPages(view, at, end, ram, { place: sink.place });
  for (;;) {
    if (!cursor.trace) {
      const end = Math.min(cursor.end, cursor.at + cursor.limit - cursor.offset);
      const at = scanPages(cursor.view, cursor.at, end, ram, sink);
      if (at > end) {
        cursor.at = at - ram.pageSize;
        yield* cursor.skip(ram.pageSize, `${pathOf(reader)}.normal`, inPackage ? undefined : onward);
        continue;
      }
      cursor.at = at;
    }
    if (reader.bare && (yield* cursor.upTo(1)) === 0) return;
    if (yield* readRecord(reader)) return;
  }
}
