import * as z from 'zod/mini';

/**
 * An object whose keys are external names: columns, datacenters, options. It is passed through, because a copy by zod's
 * record drops `__proto__`. Read it by its entries, or by name after `Object.hasOwn`.
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
