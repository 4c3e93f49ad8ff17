import * as z from 'zod/mini';

/** Any JSON value. Numbers that JSON would round travel as strings (bigint, counter, varint, decimal). */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

export const jsonValueSchema: z.ZodMiniType<JsonValue> = z.json();

/**
 * Plain data as JSON. `JSON.stringify` makes 0 of -0: two values of a double or float to Cassandra, in keys and filters too.
 */
export function jsonText(value: unknown): string {
  if (Object.is(value, -0)) return '-0';
  if (Array.isArray(value)) return `[${value.map((element) => jsonText(element ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${jsonText(field)}`).join(',')}}`;
}

/** What a text says as JSON; undefined when it is none: cut off, or typed wrongly. For a schema to judge. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
