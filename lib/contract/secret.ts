import * as z from 'zod/mini';

/** A secret, or where to find it: a file's path or an environment variable's name. */
export const secretSchema = z.union([
  z.string(),
  z.strictObject({ file: z.string() }),
  z.strictObject({ env: z.string() }),
]);
