import * as z from 'zod/mini';

/**
 * An object whose keys are names from outside: of columns, datacenters, options. zod's record leaves `__proto__` out, and
 * what it gives inherits `constructor`; this one keeps every name and inherits none.
 */
export function dictionarySchema<Value>(value: z.ZodMiniType<Value>) {
  const entries = z.array(z.tuple([z.string(), value]));
  return z.pipe(
    z.transform((input: unknown) => (isObject(input) ? Object.entries(input) : null)),
    z.pipe(entries, z.transform(dictionary)),
  );
}

/** The entries as an object without a prototype. */
export function dictionary<Value>(entries: Iterable<readonly [string, Value]>): Record<string, Value> {
  const result: Record<string, Value> = Object.create(null);
  for (const [name, value] of entries) result[name] = value;
  return result;
}

function isObject(input: unknown): input is object {
  return typeof input === 'object' && input !== null && !Array.isArray(input);
}
