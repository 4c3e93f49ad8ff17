import * as z from 'zod/mini';

/** Any JSON value. Numbers that JSON would round travel as strings (bigint, counter, varint, decimal). */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

export const jsonValueSchema: z.ZodMiniType<JsonValue> = z.json();

/** What a text says as JSON; undefined when it is none: cut off, or typed wrongly. For a schema to judge. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
