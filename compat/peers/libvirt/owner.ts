import type { DomainXml } from "../../../codec/formats/libvirt/domain-xml.ts";
import { canonicalUuid } from "./domain.ts";
import { type Failure, refuse } from "./failure.ts";
import type { LibvirtPeer } from "./peer.ts";
import type { LibvirtRules } from "./rules.ts";

/** A UUID that the XML does not give is made up by libvirt, and nobody's. */
const MADE_UP = "…";

/** `virsh restore`: a domain that is defined has the name or the UUID already. */
export function conflicts(
  { name, uuid }: DomainXml,
  { domain }: LibvirtPeer,
  { nameTaken, activeError }: LibvirtRules,
): Failure | undefined {
  if (domain?.uuid === undefined) return undefined;
  const [mine, defined] = [uuid === null ? MADE_UP : canonicalUuid(uuid), canonicalUuid(domain.uuid)];
  if (mine === defined) {
    if (domain.name === undefined || domain.name === name)
      return domain.active ? active(activeError.replace("%s", name ?? "")) : undefined;
    return refuse("owner", `domain '${domain.name}' is already defined with uuid ${defined}`);
  }
  if (domain.name !== name) return undefined;
  const taken = `domain '${name}' ${nameTaken} with uuid ${defined}`;
  return refuse("owner", taken);
}

function active(text: string): Failure {
  return { stage: "owner", outcome: "fails", error: `Requested operation is not valid: ${text}` };
}

/** `virsh start`: the image in a domain's place is of another one. */
export function disowned(
  { name, uuid }: DomainXml,
  { domain }: LibvirtPeer,
  rules: LibvirtRules,
): Failure | undefined {
  if (!domain) return undefined;
  if (!rules.checksOwner) return conflicts({ name, uuid } as DomainXml, { libvirt: "", domain }, rules);
  const theirs = uuid === null ? MADE_UP : canonicalUuid(uuid);
  const ours = domain.uuid === undefined ? theirs : canonicalUuid(domain.uuid);
  const named = domain.name ?? name;
  if (named === name && ours === theirs && uuid !== null) return undefined;
  const refusal = `cannot restore domain '${named}' uuid ${ours} from a file which belongs to domain '${name}' uuid ${theirs}`;
  const failure = refuse("owner", refusal);
  return uuid === null ? { ...failure, partial: true } : failure;
}
