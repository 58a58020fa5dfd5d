import { z } from "zod";

const name = z.string().min(1);
const place = z.strictObject({ "node-name": name, name });

export const fullMapEntrySchema = z
  .strictObject({ "node-name": name, name, to: place.optional(), drop: z.literal(true).optional() })
  .refine(({ to, drop }) => (to === undefined) !== (drop === undefined), {
    message: "says where the bitmap goes (to), or drop: true, and not both",
  });

const bitmapAlias = z.strictObject({
  name: z.string(),
  alias: z.string(),
  transform: z.strictObject({ persistent: z.boolean().optional() }).optional(),
});

export const nodeAliasSchema = z.strictObject({
  "node-name": z.string(),
  alias: z.string(),
  bitmaps: z.array(bitmapAlias),
});
