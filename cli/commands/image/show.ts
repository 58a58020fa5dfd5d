import { payloadKindOf, SAVE_HEADER_SIZE, type SaveImage } from "../../../codec/index.ts";
import { hexText } from "../../../codec/layout/index.ts";
import { type FileSystem, nodeFileSystem } from "../../durable/file-system.ts";
import { CLEAN, type ExitStatus, FINDINGS } from "../../exit.ts";
import { findingLines } from "../../finding-lines.ts";
import { findingsDocument, hasErrors, type Remark } from "../../findings.ts";
import { type ImageHead, mustBeImage, readHead } from "../../image/image-head.ts";
import { imageLines, readTexts, roomLeft } from "../../image/image-lines.ts";
import type { ImageTexts } from "../../image/reading.ts";
import { settle } from "../../image/settle.ts";
import { openInput } from "../../io.ts";
import { type Output, painter } from "../../output.ts";
import { printable } from "../../printable.ts";
import { domainDocument, saveImageDocument } from "../../render-image.ts";
import { human } from "../../text.ts";

/** Where the words begin that no release reads. */
const UNUSED = 36;

export interface ShowOptions {
  readonly json?: boolean;
}

/** Shows what stands in front of the stream: header, XML, cookie, room. The stream itself is not read. */
export async function show(
  name: string,
  { json }: ShowOptions,
  output: Output,
  fs: FileSystem = nodeFileSystem,
): Promise<ExitStatus> {
  const settled = await settle(name, output, fs);
  const input = openInput(name, 0);
  const beginning = input.first;
  const head = await readHead(input);
  const image = mustBeImage(head, beginning);
  const texts = readTexts(head);
  const remarks: readonly Remark[] = texts.findings.map((finding) => ({ finding, channel: null }));
  if (json) output.out(`${JSON.stringify(documentOf(head, image, texts, remarks), null, 2)}\n`);
  else {
    const size = head.size === null ? "" : ` (${sizeText(head)})`;
    const lines = [`image     ${printable(name)}${size}`, ...imageLines(head, image, texts)];
    output.out(`${lines.join("\n")}\n${findingLines(remarks, painter(output))}`);
  }
  return hasErrors(texts.findings) || !settled ? FINDINGS : CLEAN;
}

function sizeText({ size, allocated }: ImageHead): string {
  const disk = allocated === null ? "" : `, ${human(allocated)} on the disk`;
  return `${size} bytes${disk}`;
}

function documentOf(head: ImageHead, image: SaveImage, texts: ImageTexts, remarks: readonly Remark[]) {
  const { size, allocated, bytes, first } = head;
  const { xml, cookie, padding, payloadOffset, wasRunning } = image;
  const place = (text: SaveImage["xml"]) =>
    text && { offset: text.offset, bytes: text.length, terminated: text.terminated };
  const { payload: _, ...saveImage } = saveImageDocument({ ...texts, allocated }) ?? {};
  return {
    format: "migwire/image@1",
    input: { name: head.name, size },
    saveImage: {
      ...saveImage,
      wasRunningValue: wasRunning,
      unused: hexText(bytes.subarray(UNUSED, SAVE_HEADER_SIZE)),
      xml: place(xml),
      cookie: place(cookie),
      padding: padding && { offset: padding.offset, bytes: padding.length, zero: padding.zero },
      room: roomLeft(image),
      payload: {
        kind: payloadKindOf(first),
        bytes: size === null ? null : Math.max(0, size - payloadOffset),
      },
    },
    domain: domainDocument(texts),
    cookie: texts.cookie,
    ...findingsDocument(remarks, {}),
  };
}
