import { parseJson } from '@/lib/contract/json';

/** Keys of the configuration file whose change is taken while Ringside runs. */
export const TAKEN_AT_ONCE: readonly string[] = [
  ...['clusters', 'networks', 'secrets', 'roles', 'statements', 'load', 'webhooks', 'spark'],
  // Of no effect at all.
  '$schema',
];
/** Those that are read when Ringside starts. */
export const TAKEN_AT_START: readonly string[] = ['signIn', 'audit', 'tls'];

/** Those of some keys, as {@link changedKeys} names them, that wait for the next start. */
export function waitingKeys(keys: readonly string[]): string[] {
  return keys.filter((key) => TAKEN_AT_START.includes(key.split('.')[0] ?? ''));
}

/** Keys that one change names; a file that is another altogether has more. */
const MOST_KEYS = 100;
/** Deeper ones are named by the key that they are in. */
const MOST_DEPTH = 4;

/**
 * The keys whose values differ between two texts of the configuration file: `clusters[prod].port`, `signIn.origin`. Entries
 * of a list go by their names, and values are never in it.
 * @param before null: there was no file
 * @returns none where a text is not JSON; at most 100
 */
export function changedKeys(before: string | null, after: string): string[] {
  const [old, now] = [before === null ? {} : fieldsIn(before), fieldsIn(after)];
  return old === null || now === null ? [] : differences('', old, now, 0).slice(0, MOST_KEYS);
}

type Fields = Readonly<Record<string, unknown>>;

/** A list alone is one of clusters. */
function fieldsIn(text: string): Fields | null {
  const value = parseJson(text);
  return Array.isArray(value) ? { clusters: value } : fieldsOf(value);
}

function differences(path: string, before: unknown, after: unknown, depth: number): string[] {
  const [old, now] = [partsOf(before), partsOf(after)];
  if (old === null || now === null || old.isList !== now.isList || depth === MOST_DEPTH) {
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [path];
  }
  const keys = [...new Set([...Object.keys(old.parts), ...Object.keys(now.parts)])];
  return keys.flatMap((key) => {
    const within = old.isList ? `${path}[${key}]` : [path, key].filter(Boolean).join('.');
    return differences(within, old.parts[key], now.parts[key], depth + 1);
  });
}

/** The fields of an object, or the entries of a list by their names; null where it has no parts with names. */
function partsOf(value: unknown): { readonly isList: boolean; readonly parts: Fields } | null {
  if (!Array.isArray(value)) {
    const parts = fieldsOf(value);
    return parts === null ? null : { isList: false, parts };
  }
  const named = value.map((one: unknown) => [fieldsOf(one)?.name, one] as const);
  const names = new Set(named.map(([name]) => name));
  const areNamed = names.size === named.length && named.every(([name]) => typeof name === 'string');
  return areNamed ? { isList: true, parts: Object.fromEntries(named) } : null;
}

function fieldsOf(value: unknown): Fields | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return Object.fromEntries(Object.entries(value));
}
