import type { RowChange } from '@/lib/contract/mutations';
import type { RowKey } from '@/lib/cql/row-key';
import { columnNamed, type EditTable } from '@/lib/edit/table';
import { cellText } from '@/lib/values/cell-text';

/** A key in the order of the table's own: `origin = SEA · day = 2001-01-09`. */
export function keyWords(table: EditTable, key: RowKey): string {
  const { partitionKey, clusteringKey } = table.shape;
  return [...partitionKey, ...clusteringKey]
    .filter((name) => Object.hasOwn(key, name))
    .map((name) => `${name} = ${cellText(key[name] ?? null, columnNamed(table, name).type)}`)
    .join(' · ');
}

/** What a change is about: its key, and the bounds of a range. */
export function placeWords(table: EditTable, change: RowChange): string {
  const words = keyWords(table, change.key);
  if (change.kind === 'move') return `${words} → ${keyWords(table, change.to)}`;
  if (change.kind !== 'delete_range') return words;
  const { partitionKey, clusteringKey } = table.shape;
  const name = clusteringKey[Object.keys(change.key).length - partitionKey.length];
  if (name === undefined) return words;
  const { type } = columnNamed(table, name);
  const bound = (side: 'from' | 'to', open: string, closed: string) => {
    const limit = change[side];
    return limit === undefined ? [] : [`${name} ${limit.inclusive ? closed : open} ${cellText(limit.value, type)}`];
  };
  return [words, ...bound('from', '>', '≥'), ...bound('to', '<', '≤')].join(' · ');
}
