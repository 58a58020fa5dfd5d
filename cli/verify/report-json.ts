import { findingsDocument } from "../findings.ts";
import type { Output } from "../output.ts";
import { domainDocument, saveImageDocument } from "../render-image.ts";
import type { Judgement, Reporter } from "./judgement.ts";

/** One document for all inputs; none where none could be read. */
export function jsonReporter(output: Output): Reporter {
  const inputs: object[] = [];
  return {
    judged(judgement) {
      inputs.push(documentOf(judgement));
    },
    refused: refusedTo(output),
    end() {
      if (inputs.length > 0)
        output.out(`${JSON.stringify({ format: "migwire/verify@1", inputs }, plain, 2)}\n`);
    },
  };
}

/** One line for each input, as soon as it is judged. */
export function ndjsonReporter(output: Output): Reporter {
  return {
    judged(judgement) {
      const document = { format: "migwire/verify@1", ...documentOf(judgement) };
      output.out(`${JSON.stringify(document, plain)}\n`);
    },
    refused: refusedTo(output),
    end() {},
  };
}

function refusedTo(output: Output): Reporter["refused"] {
  return ({ message }) => output.err(`migwire: ${message}\n`);
}

function documentOf({
  name,
  inputs,
  container,
  verdict,
  size,
  remarks,
  untold,
  image,
  snapshot,
  libvirt,
}: Judgement) {
  return {
    name,
    ...(inputs ? { inputs } : {}),
    container,
    verdict,
    ...(size === undefined ? {} : { size }),
    ...(image ? imageDocument(image) : {}),
    ...(snapshot ? { snapshot } : {}),
    ...findingsDocument(remarks, untold),
    ...(libvirt ? { libvirt } : {}),
  };
}

function imageDocument({ reading, survives }: NonNullable<Judgement["image"]>) {
  return {
    saveImage: saveImageDocument(reading),
    domain: domainDocument(reading),
    cookie: reading.cookie,
    survives,
  };
}

function plain(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
