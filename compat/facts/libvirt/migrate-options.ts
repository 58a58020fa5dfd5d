import type { Bound, Evidence, Fact } from "../fact.ts";

/** How libvirt has QEMU use a feature of migration. */
export interface LibvirtWay {
  /** A capability, a parameter, a parameter with a value, or a mode, as `migwire compat gate` calls it. */
  readonly feature: string;
  readonly command: "migrate" | "save";
  /** Options of that command of virsh; none where libvirt does it by itself. `%s` stands for the value. */
  readonly options: readonly string[];
  /** What has to be so for libvirt to do it. */
  readonly when?: string;
}

const RUN = "virsh help migrate of 7.0.0, 9.0.0, 11.3.0, 12.8.0";
const RUN_NEWER = "virsh help migrate of 11.3.0, 12.8.0";

/** The options of virsh that set a capability or a parameter, and what libvirt sets by itself, each its own fact. */
export const LIBVIRT_WAYS: readonly Fact<LibvirtWay>[] = [
  way("auto-converge", ["--auto-converge"], "1.2.3", "05e1b06ab7"),
  way("rdma-pin-all", ["--rdma-pin-all"], "1.2.9", "9cc1586d2b"),
  way("events", [], "1.2.18", "3df4d2a45a"),
  way("postcopy-ram", ["--postcopy"], "1.3.3", "179d97283f"),
  way("xbzrle", ["--compressed", "--comp-methods=xbzrle"], "1.3.4", "0d81f2318b"),
  way("compress", ["--compressed", "--comp-methods=mt"], "1.3.4", "0d81f2318b"),
  way("compress-level", ["--comp-mt-level=%s"], "1.3.4", "0d81f2318b"),
  way("compress-threads", ["--comp-mt-threads=%s"], "1.3.4", "0d81f2318b"),
  way("decompress-threads", ["--comp-mt-dthreads=%s"], "1.3.4", "0d81f2318b"),
  way("xbzrle-cache-size", ["--comp-xbzrle-cache=%s"], "1.3.4", "0d81f2318b"),
  way("cpu-throttle-initial", ["--auto-converge-initial=%s"], "2.0.0", "f6e12b4029"),
  way("cpu-throttle-increment", ["--auto-converge-increment=%s"], "2.0.0", "f6e12b4029"),
  way("tls", ["--tls"], "3.2.0", "6a8d898de6"),
  way("pause-before-switchover", [], "3.9.0", "6addde24be"),
  way("late-block-activate", [], "4.5.0", "4370ac84f8"),
  way("multifd", ["--parallel"], "5.2.0", "5a303994ff"),
  way("multifd-channels", ["--parallel-connections=%s"], "5.2.0", "5a303994ff"),
  way("tls-hostname", ["--tls-destination=%s"], "6.0.0", "5c7cd74a52"),
  {
    ...way("dirty-bitmaps", [], "7.1.0", "b0104664c6", "disks are copied along (--copy-storage-all, -inc)"),
    notes: "libvirt maps the bitmaps of each disk itself.",
  },
  {
    ...way(
      "block-bitmap-mapping",
      [],
      "7.1.0",
      "b0104664c6",
      "disks are copied along (--copy-storage-all, -inc)",
    ),
    notes: "libvirt maps the bitmaps of each disk itself.",
  },
  way("return-path", [], "8.0.0", "877d1c2478", "not with --tunnelled"),
  by("postcopy-recovery", ["--postcopy", "--postcopy-resume"], "8.5.0", [
    { kind: "news", release: "8.5.0" },
    { kind: "run", of: "virsh help migrate of 9.0.0, 11.3.0, 12.8.0; not 7.0.0" },
  ]),
  by("zero-copy-send", ["--zerocopy"], "8.5.0", [
    { kind: "commit", commit: "d375993ab3", release: "8.5.0" },
    { kind: "news", release: "8.5.0" },
    { kind: "run", of: "virsh help migrate of 9.0.0, 11.3.0, 12.8.0; not 7.0.0" },
  ]),
  ...["zlib", "zstd"].map((method) =>
    by(`multifd-compression=${method}`, ["--compressed", `--comp-methods=${method}`], "9.4.0", [
      { kind: "news", release: "9.4.0" },
    ]),
  ),
  ...["zlib", "zstd"].map((method) =>
    by(`multifd-${method}-level`, [`--comp-${method}-level=%s`], "9.4.0", [
      { kind: "source", where: "include/libvirt/libvirt-domain.h: Since of the parameter" },
      { kind: "run", of: `${RUN_NEWER}; not 9.0.0` },
    ]),
  ),
  by("postcopy-preempt", [], "10.0.0", [{ kind: "news", release: "10.0.0" }], "both sides support it"),
  saved("mapped-ram", "--image-format=sparse", "11.2.0", { kind: "news", release: "11.2.0" }),
  saved("multifd", "--parallel-channels=2", "11.2.0", { kind: "news", release: "11.2.0" }),
  saved("multifd-channels", "--parallel-channels=%s", "11.2.0", { kind: "news", release: "11.2.0" }),
  by(
    "avail-switchover-bandwidth",
    ["--available-switchover-bandwidth=%s"],
    { after: "9.0.0", atLatest: "11.3.0" },
    [{ kind: "run", of: `${RUN_NEWER}; not 9.0.0` }],
  ),
];

function way(
  feature: string,
  options: readonly string[],
  since: string,
  commit: string,
  when?: string,
): Fact<LibvirtWay> {
  const evidence: readonly Evidence[] = [
    { kind: "commit", commit, release: since },
    ...(options.length > 0 ? [{ kind: "run", of: RUN } as const] : []),
  ];
  return by(feature, options, since, evidence, when);
}

function saved(feature: string, option: string, since: string, evidence: Evidence): Fact<LibvirtWay> {
  return {
    id: `libvirt/migrate-options/save/${feature}`,
    claim: `${feature}: virsh save sets it with ${option}.`,
    value: { feature, command: "save", options: [option] },
    since,
    evidence: [evidence, { kind: "run", of: "virsh help save of 11.3.0, 12.8.0" }],
  };
}

function by(
  feature: string,
  options: readonly string[],
  since: Bound,
  evidence: readonly Evidence[],
  when?: string,
): Fact<LibvirtWay> {
  const how =
    options.length > 0 ? `virsh migrate sets it with ${options.join(" ")}` : "libvirt sets it by itself";
  return {
    id: `libvirt/migrate-options/${feature.replace("=", "-")}`,
    claim: `${feature}: ${how}.`,
    value: { feature, command: "migrate", options, ...(when === undefined ? {} : { when }) },
    since,
    evidence,
  };
}
