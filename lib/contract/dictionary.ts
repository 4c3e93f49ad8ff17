import * as z from 'zod/mini';

/**
 * An object whose keys are names from outside: of columns, datacenters, options. It is taken as it is, since a copy by
 * zod's record leaves `__proto__` out. Read it by its entries, or by a name after `Object.hasOwn`.
 */
export function dictionarySchema<Value>(value: z.ZodMiniType<Value>) {
  return z.custom<Record<string, Value>>(
    (input) =>
      typeof input === 'object' &&
      input !== null &&
      !Array.isArray(input) &&
      Object.values(input).every((one) => value.safeParse(one).success),
  );
}
