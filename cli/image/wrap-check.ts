import type { DomainXml } from "../../codec/formats/libvirt/domain-xml.ts";
import type { Finding } from "../../codec/index.ts";
import { crossChecks } from "../verify/cross-checks.ts";
import type { StreamResult } from "./watch-stream.ts";

/** What speaks against marking an image as complete: the stream, or what stream and XML say of each other. */
export function streamErrors(
  { findings, end, mapped, verdict, summary }: StreamResult,
  domain: DomainXml,
  broken: readonly Finding[],
): readonly Finding[] {
  const found = [...broken, ...findings, ...crossChecks(domain, summary, 0)];
  const errors = found.filter(({ level }) => level === "error");
  // Pages on channels of their own are nowhere in an image.
  if (!mapped && end.flushes > 0)
    errors.push({ rule: "RAM_PAGES_IN_STREAM", level: "error", subject: "", args: {} });
  if (verdict !== "whole" && errors.length === 0)
    errors.push({ rule: "STREAM_COMPLETE", level: "error", subject: "", offset: end.offset, args: {} });
  return errors;
}
