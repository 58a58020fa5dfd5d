import type { RamBlock, VmdescTraits } from "../formats/stream/qemu-events.ts";

/** Bounds on the release that wrote a stream, and what in the stream sets them. */
export interface Writer {
  /** First release that can have written it. */
  readonly since: string | null;
  /** First release that can no longer have written it. */
  readonly before: string | null;
  readonly evidence: readonly string[];
}

export interface Traits {
  readonly machine: string | null;
  readonly configuration: { readonly capabilities: readonly string[]; readonly uuid: string | null };
  readonly commands: readonly { readonly command: string }[];
  readonly vmdesc: VmdescTraits | null;
  readonly flushes: number;
  readonly blocks: readonly RamBlock[];
}

interface Clue {
  readonly says: string;
  readonly since?: string;
  readonly before?: string;
  readonly holds: (traits: Traits) => boolean;
}

const command = (name: string) => (traits: Traits) => traits.commands.some((sent) => sent.command === name);
const capability = (name: string) => (traits: Traits) => traits.configuration.capabilities.includes(name);

/** QEMU migration/savevm.c, migration/ram.c and qapi/migration.json of the releases named. */
const CLUES: readonly Clue[] = [
  { says: "SWITCHOVER_START", since: "10.0", holds: command("SWITCHOVER_START") },
  { says: "ENABLE_COLO", since: "3.1", before: "11.0", holds: command("ENABLE_COLO") },
  { says: "mapped-ram", since: "9.0", holds: capability("mapped-ram") },
  { says: "x-ignore-shared", since: "4.0", holds: capability("x-ignore-shared") },
  {
    says: "uuid in the configuration",
    since: "4.2",
    holds: ({ configuration }) => configuration.uuid !== null,
  },
  { says: "vmdesc with configuration", since: "8.2", holds: ({ vmdesc }) => vmdesc?.configuration === true },
  {
    says: "vmdesc without configuration",
    before: "8.2",
    holds: ({ vmdesc, machine }) => vmdesc?.configuration === false && machine !== null,
  },
  { says: "vmdesc with spaces", before: "6.0", holds: ({ vmdesc }) => vmdesc?.spaced === true },
  { says: "vmdesc without spaces", since: "6.0", holds: ({ vmdesc }) => vmdesc?.spaced === false },
  { says: "MULTIFD_FLUSH", since: "8.1", holds: ({ flushes }) => flushes > 0 },
  {
    says: "compressed pages",
    since: "2.4",
    before: "9.1",
    holds: ({ blocks }) => blocks.some(({ pages }) => pages.compressed > 0),
  },
];

export function inferWriter(traits: Traits): Writer {
  const clues: Omit<Clue, "holds">[] = CLUES.filter(({ holds }) => holds(traits));
  const release = releaseOf(traits.machine);
  if (release) clues.unshift({ says: `machine ${traits.machine}`, since: release });
  const since =
    clues
      .flatMap((clue) => clue.since ?? [])
      .sort(compareReleases)
      .at(-1) ?? null;
  const before = clues.flatMap((clue) => clue.before ?? []).sort(compareReleases)[0] ?? null;
  const decisive = clues.filter((clue) => clue.since === since || clue.before === before);
  return { since, before, evidence: decisive.map(({ says }) => says) };
}

/** A versioned upstream machine type came with the release it is named after; distributions name theirs otherwise. */
function releaseOf(machine: string | null): string | undefined {
  const match = /^[a-z][a-z0-9-]*-(\d+\.\d+)(?:\.\d+)?$/.exec(machine ?? "");
  return match && !/rhel|el\d|ubuntu/.test(machine ?? "") ? match[1] : undefined;
}

function compareReleases(a: string, b: string): number {
  const [majorA = 0, minorA = 0] = a.split(".").map(Number);
  const [majorB = 0, minorB = 0] = b.split(".").map(Number);
  return majorA - majorB || minorA - minorB;
}
