import { describe, expect, it } from "vitest";
import type { QemuFile } from "../qemu-file.ts";
import type { ChannelContext } from "./channel-context.ts";
import type { Channels } from "./channels.ts";
import { receivePages } from "./payload.ts";
import type { CompressionMethod } from "./settings.ts";

const FLAGS = { none: 0, zlib: 2, zstd: 4, qpl: 8, uadk: 16, qatzip: 32 };

/** What becomes of a packet of zero pages, or of one page, of which the payload is not read. */
function received(version: string, method: CompressionMethod, nextPacketSize: number, normalPages = 0) {
  const context = {
    id: 1,
    file: { cursor: { offset: 0 } } as QemuFile,
    channels: { settings: { version, method, methodMask: 62 } } as Channels,
    isLoading: () => true,
    inPostcopy: () => false,
  } as ChannelContext;
  const packet = { normalPages, zeroPages: 1, nextPacketSize } as Parameters<typeof receivePages>[2];
  return receivePages(context, FLAGS[method], packet, 100).next().value;
}

describe("a compressed packet", () => {
  it.each(["9.2.0", "10.0.12", "10.1.0", "11.1.0"])("of zero pages with a payload aborts %s", (version) => {
    for (const method of ["zlib", "zstd"] as const) {
      expect(received(version, method, 5)).toMatchObject({ how: "crashed", signal: 6, offset: 120 });
      expect(received(version, method, 0)).toBeUndefined();
    }
  });

  it.each(["10.0.13", "11.1.1", "11.1.3"])("of zero pages with a payload is refused by %s", (version) => {
    for (const method of ["zlib", "zstd"] as const) {
      const error = "multifd 1: expected empty packet";
      expect(received(version, method, 5)).toMatchObject({ how: "failed", error, offset: 120 });
      expect(received(version, method, 0)).toBeUndefined();
    }
  });

  it.each(["10.0.13", "11.1.3"])("that does not fit is refused by %s", (version) => {
    const error = "multifd 1: next_packet_size 1048577 exceeds allocated 1048576";
    expect(received(version, "zlib", 1048577, 1)).toMatchObject({ how: "failed", error });
    expect(received(version, "zstd", 1048577)).toMatchObject({ how: "failed", error });
  });

  it.each(["7.2.22", "10.0.12", "11.1.0"])("that does not fit overruns memory in %s", (version) => {
    expect(received(version, "zlib", 1048577, 1)).toMatchObject({ how: "unknown" });
  });
});
