import type { Judgement } from "./judgement.ts";

/** Whose state an input holds, as far as it says so. */
export function guestOf({ image, snapshot }: Judgement): {
  readonly guest: string | null;
  readonly machine: string | null;
  readonly payload: string | null;
} {
  if (snapshot) return { guest: null, machine: snapshot.machine, payload: "raw" };
  if (!image) return { guest: null, machine: null, payload: null };
  const { xml, summary, image: header } = image.reading;
  return {
    guest: xml?.name ?? null,
    machine: summary?.machine ?? xml?.machine ?? null,
    payload: header?.compression ?? null,
  };
}
