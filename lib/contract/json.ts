import { JSON_DEPTH } from './limits';

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const [OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Any JSON value. Numbers that JSON would round travel as strings (bigint, counter, varint, decimal). */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** An external object's own property, whose name may be `constructor` or `__proto__`; undefined if it has none. */
export function ownValue<T>(object: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** True for JSON values nested at most {@link JSON_DEPTH} deep. Checks level by level, so that no depth exhausts the stack. */
export function isJson(value: unknown): value is JsonValue {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    const next: unknown[] = [];
    for (const part of level) {
      if (typeof part === 'object' && part !== null) {
        if (depth === JSON_DEPTH) return false;
        for (const inner of Array.isArray(part) ? part : Object.values(part)) next.push(inner);
      } else if (part !== null && typeof part !== 'string' && typeof part !== 'boolean' && !Number.isFinite(part)) {
        return false;
      }
    }
    level = next;
  }
  return true;
}

/** True if arrays and objects in a JSON text are nested more than `depth` deep; decided from the text alone. */
export function isDeeperThan(text: string, depth: number): boolean {
  let open = 0;
  let isString = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isString) {
      if (code === BACKSLASH) at++;
      else if (code === QUOTE) isString = false;
    } else if (code === QUOTE) isString = true;
    else if (code === OPEN_BRACKET || code === OPEN_BRACE) {
      open++;
      if (open > depth) return true;
    } else if (code === CLOSE_BRACKET || code === CLOSE_BRACE) open--;
  }
  return false;
}

/**
 * Plain data as JSON. `JSON.stringify` turns -0 into 0, but Cassandra tells the two apart, even in keys and filters.
 */
export function jsonText(value: unknown): string {
  if (Object.is(value, -0)) return '-0';
  if (Array.isArray(value)) return `[${value.map((element) => jsonText(element ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${jsonText(field)}`).join(',')}}`;
}

/** Parses JSON for a schema to check; undefined if the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
