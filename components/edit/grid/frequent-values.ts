import type { Row } from '@/lib/client/stream-events';
import { type JsonValue, jsonText } from '@/lib/contract/json';

/** More rows than these take long to look through. */
const MOST_ROWS = 2_000;
const MOST_VALUES = 100;

/** Values of a column in the first rows of memory, the most frequent first. */
export function frequentValues(rows: Iterable<Row>, source: number): readonly JsonValue[] {
  const counts = new Map<string, { readonly value: JsonValue; count: number }>();
  let seen = 0;
  for (const row of rows) {
    if (seen === MOST_ROWS) break;
    seen += 1;
    const value = row[source] ?? null;
    if (value === null) continue;
    const text = jsonText(value);
    const known = counts.get(text) ?? { value, count: 0 };
    known.count += 1;
    counts.set(text, known);
  }
  const sorted = [...counts.values()].sort((a, b) => b.count - a.count);
  return sorted.slice(0, MOST_VALUES).map(({ value }) => value);
}
