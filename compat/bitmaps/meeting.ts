import { error, type MappingContext } from "./check-full-map.ts";
import type { BlockBitmapMapping, MappingFinding } from "./mapping.ts";

/** Whether what the source sends under an alias finds a place on the destination. */
export function meeting(
  source: BlockBitmapMapping,
  destination: BlockBitmapMapping | undefined,
  { nodes }: MappingContext,
  root: string,
): readonly MappingFinding[] {
  if (!destination) return nodes ? withoutMapping(source, nodes, root) : [];
  const known = nodes && new Set(nodes);
  const there = new Map(destination.map((node) => [node.alias, node]));
  const findings: MappingFinding[] = [];
  for (const [i, { alias, bitmaps }] of source.entries()) {
    const node = there.get(alias);
    if (!node) {
      if (bitmaps.length > 0)
        findings.push(lost(`source[${i}].alias`, `The destination has no node alias '${alias}'`));
      continue;
    }
    const aliases = new Set(node.bitmaps.map((bitmap) => bitmap.alias));
    for (const [j, bitmap] of bitmaps.entries())
      if (!aliases.has(bitmap.alias))
        findings.push(
          lost(
            `source[${i}].bitmaps[${j}].alias`,
            `The destination has no bitmap alias '${bitmap.alias}' on '${alias}'`,
          ),
        );
  }
  for (const [i, node] of destination.entries())
    if (known && !known.has(node["node-name"]))
      findings.push(
        lost(`destination[${i}].node-name`, `The destination has no node '${node["node-name"]}'`),
      );
  return findings;
}

/** Without a mapping there, an alias is looked up as the name of a device or node. */
function withoutMapping(
  source: BlockBitmapMapping,
  nodes: readonly string[],
  root: string,
): readonly MappingFinding[] {
  const known = new Set(nodes);
  return source.flatMap(({ alias, bitmaps }, i) =>
    bitmaps.length > 0 && !known.has(alias)
      ? [lost(`${root}[${i}].alias`, `The destination has no mapping and no node '${alias}'`)]
      : [],
  );
}

function lost(path: string, what: string): MappingFinding {
  return error(
    "ALIASES_MEET",
    path,
    `${what}: all bitmaps would be dropped, and both sides report success.`,
    "Use the same aliases on both sides, and nodes that are there.",
  );
}
