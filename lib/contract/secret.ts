import * as z from 'zod/mini';

/** A secret, or where to find it: a file's path or an environment variable's name. */
export const secretSchema = z.union([
  z.string(),
  z.strictObject({ file: z.string() }),
  z.strictObject({ env: z.string() }),
]);

export const listedNameSchema = z
  .string()
  .check(z.regex(/^[A-Za-z0-9][\w.-]{0,62}$/, 'a name of letters, digits, . - and _'));

/** A secret of the configuration's list, by its name. */
export const listedSecretSchema = z.strictObject({ secret: listedNameSchema });
