import { off, sameAs, unset, withoutMultifd } from "../../fixes.ts";
import type { CheckWordings } from "../../wording.ts";

const HEAR =
  " Set return-path on the source as well: it then waits for the destination instead of completing.";
const MAY_LOSE = "The source may call this migration completed although the guest is lost. ";
const LOST = "The source calls this migration completed, and the guest runs nowhere. ";

const CHANNELS = "multifd-channels";
const OLD = "x-multifd-channels";
const UNSET = "00000000-0000-0000-0000-000000000000";

/** Wording of what goes wrong while connections become channels. */
export const CHANNEL_WORDINGS: CheckWordings = {
  TLS_ON_BOTH_SIDES: {
    message: ({ both, side, unheard }) =>
      both
        ? "TLS is set on both sides; whether the credentials exist and fit each other cannot be told from here. Where the object that tls-creds names is missing, the migration fails."
        : side === "source"
          ? "tls-creds is set on the source only. The destination takes the TLS handshake for a damaged stream, and exits."
          : `tls-creds is set on the destination only. It waits for a TLS handshake, closes the connection at the first bytes, and goes on waiting.${unheard ? " A source without a return path may have sent all by then, and call that completed." : ""}`,
    remedy: ({ both }) =>
      both
        ? undefined
        : "Set tls-creds on both sides (migrate-set-parameters), to an object tls-creds-x509 with endpoint=client on the source and endpoint=server on the destination, or on neither.",
    fix: ({ both, side }, scenario) => (both ? [] : sameAs(scenario, String(side), "tls-creds")),
  },
  MULTIFD_ON_BOTH_SIDES: {
    message: ({ side, dangerous, unheard, channels }) =>
      side === "destination"
        ? `${dangerous ? LOST : unheard ? MAY_LOSE : ""}multifd is set on the destination only, which waits for ${channels} further connections that the source never makes, and loads nothing.`
        : `multifd is set on the source only. The destination takes the main channel, closes the ${channels} multifd connections or leaves them waiting, and tells of a damaged stream.`,
    remedy: ({ side, unheard }) =>
      `Switch multifd off on the ${side}, or set it on both sides, on the destination before migrate-incoming.${side === "destination" && unheard ? HEAR : ""}`,
    fix: (_, scenario) => withoutMultifd(scenario),
  },
  ZERO_COPY_OVER_TCP: {
    message: ({ transport }) =>
      `zero-copy-send is set on the source, and a ${transport} socket cannot send without copying. The source fails as soon as it is connected, and the destination gives up as well.`,
    remedy: () => "Migrate over TCP, or switch zero-copy-send off on the source.",
    fix: (_, scenario) => off(scenario, "zero-copy-send"),
  },
  MULTIFD_PACKETS_ALIKE: {
    message: ({ other, dangerous, sent, own }) =>
      `${dangerous ? MAY_LOSE : ""}${
        other
          ? `Multifd of these releases does not fit together: a channel opens with ${sent} bytes on the source, and the destination reads ${own}.`
          : "x-multifd-page-count differs, and with it the length of each multifd packet."
      }`,
    remedy: ({ other }) =>
      other ? "Migrate without multifd." : "Set x-multifd-page-count to the same value on both sides.",
    fix: ({ other }, scenario) =>
      other ? withoutMultifd(scenario) : unset(scenario, "x-multifd-page-count"),
  },
  MULTIFD_UUID_ALIKE: {
    message: ({ theirs, ours, dangerous }) =>
      `${dangerous ? MAY_LOSE : ""}Each multifd channel opens with the UUID of the guest: the source's is ${theirs}, the destination's ${ours}. The destination refuses its channels, with validate-uuid off too.`,
    remedy: ({ theirs }) =>
      `Start the destination ${theirs === UNSET ? "without -uuid, as the source was" : `with -uuid ${theirs}`}, or migrate without multifd.`,
    fix: ({ theirs }) => [{ end: "destination", uuid: theirs === UNSET ? null : String(theirs) }],
  },
  MULTIFD_CHANNELS_ALIKE: {
    message: ({ source, destination, dangerous, stuck }) =>
      Number(source) < Number(destination)
        ? `${stuck ? LOST : dangerous ? MAY_LOSE : ""}multifd-channels is ${source} on the source and ${destination} on the destination, which waits for ever for the connections that are missing.`
        : `${dangerous ? MAY_LOSE : ""}multifd-channels is ${source} on the source and ${destination} on the destination, which refuses or closes the connections that it has no use for.`,
    remedy: ({ dangerous }) =>
      `Set multifd-channels to the same number on both sides, before migrate-incoming and migrate.${
        dangerous ? HEAR : ""
      }`,
    fix: ({ source }, { destination }) => {
      const name = Object.hasOwn(destination.parameters ?? {}, OLD) ? OLD : CHANNELS;
      return [{ end: "destination", parameter: name, value: Number(source) }];
    },
  },
  MULTIFD_MAIN_CHANNEL_FIRST: {
    message: () =>
      "The destination takes the connection that arrives first for the main channel. Where a multifd connection overtakes it, through a proxy or on a busy network, the migration fails with an error about the magic or the stream.",
    remedy: () =>
      "If that happens, try again, or migrate without multifd. Releases from 8.0 on look at what arrives.",
  },
};
