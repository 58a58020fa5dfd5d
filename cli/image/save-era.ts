import { inferWriterEra, type ReleaseRange, type SaveImage } from "../../codec/index.ts";

/** Which releases of libvirt can have written an image, in words. */
export function writerText(image: SaveImage, cookieChildren: readonly string[]): string {
  const { releases, edited } = inferWriterEra(image, cookieChildren);
  const ranges = releases.map(rangeText).join(", or ");
  const padding = edited
    ? "; its padding fits none of them: the XML was edited since, or something else wrote it"
    : "";
  return ranges === "" ? "no release of libvirt writes such an image" : `libvirt ${ranges}${padding}`;
}

function rangeText({ since, until }: ReleaseRange): string {
  if (until === null) return `${since} or later`;
  return since === until ? since : `${since} to ${until}`;
}
