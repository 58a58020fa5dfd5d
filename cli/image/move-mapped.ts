import { type FileSystem, readUpTo, writeFully } from "../durable/file-system.ts";
import { copySparse } from "./copy-sparse.ts";
import { MAPPED_HEADER_SIZE, type MappedStream, movedHeader, moveTo } from "./mapped-move.ts";

/** Copies a mapped-ram stream so that it begins at `start` of the target: its offsets follow, its holes stay holes. */
export async function copyMapped(
  fs: FileSystem,
  source: { readonly fd: number; readonly size: number },
  stream: MappedStream,
  target: { readonly fd: number; readonly start: number },
  progress: (position: number) => void,
): Promise<void> {
  const move = moveTo(stream, target.start);
  const { start, headEnd, pages, headers } = stream;
  // Bitmaps and pages that no page was written to are holes, which the length has to make room for.
  fs.truncate(target.fd, source.size + move.pages);
  const head = { from: start, to: target.start, end: headEnd };
  await copySparse(fs, source.fd, target.fd, head, progress);
  const rest = { from: pages, to: pages + move.pages, end: source.size };
  await copySparse(fs, source.fd, target.fd, rest, progress);
  headers.forEach((at, i) => {
    const header = readUpTo(fs, source.fd, MAPPED_HEADER_SIZE, at);
    const to = at + (i === 0 ? move.head : move.pages);
    writeFully(fs, target.fd, movedHeader(header, move, i === 0), to);
  });
}
