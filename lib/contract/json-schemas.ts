import * as z from 'zod/mini';
import { isJson, type JsonValue } from './json';
import { JSON_DEPTH } from './limits';

const NOT_JSON = `expected a JSON value, nested at most ${JSON_DEPTH} deep`;

/**
 * A JSON value, passed through. zod's own `json()` and `record()` copy objects, dropping a key named `__proto__`, and
 * exhaust the stack on values nested a few thousand levels deep.
 */
export const jsonValueSchema = z.custom<JsonValue>(isJson, NOT_JSON);

/** An object of JSON values under external names, even `__proto__`: read only its own properties. */
export const jsonObjectSchema = z.custom<Readonly<Record<string, JsonValue>>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value) && isJson(value),
  'expected an object of JSON values',
);
