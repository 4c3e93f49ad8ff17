import type { LoadOptions } from '@/lib/contract/load';
import type { BindOptions } from '@/lib/contract/load-sources';
import { isFrozen } from '@/lib/cql/mutation/places';
import type { LoadedTable } from './binder';

interface Noted {
  readonly bind: BindOptions;
  readonly options: LoadOptions;
  /** The input can be read more than once. */
  readonly isLasting: boolean;
}

/** What a load does that a person should know before it starts. */
export function loadNotes(table: LoadedTable, { bind, options, isLasting }: Noted): string[] {
  const mapped = new Set(bind.mapping.map(({ to }) => to));
  const lists = table.shape.columns.filter(
    ({ name, type }) => mapped.has(name) && type.kind === 'list' && !isFrozen(type),
  );
  const isTimed = bind.timestamp !== undefined || bind.mapping.some(({ timestamp }) => timestamp !== undefined);
  const { masked = [] } = table;
  return [
    ...(masked.length > 0
      ? [`Masked for you: ${masked.join(', ')}. Nothing is loaded into them, and rows keep what they have there.`]
      : []),
    isTimed
      ? 'Rows have the write times of the file. Where the table has something newer, a deletion included, that remains.'
      : 'Each row’s write time is the start of the load, later for each record: of records with one key the last remains, and what others write after the start remains as well.',
    'Every row is written at least once and counted once, whenever Ringside is stopped. A row that is written again has the same write time, so it is there once.',
    ...(lists.length > 0
      ? [
          listNote(
            lists.map(({ name }) => name),
            isTimed,
          ),
        ]
      : []),
    bind.nulls === 'unset'
      ? 'Null leaves a column as it is.'
      : 'Null deletes what a column has, and leaves a tombstone.',
    ...(options.verify === 'full' && !isLasting ? ['What comes from a stream cannot be read back in full.'] : []),
  ];
}

function listNote(names: readonly string[], isTimed: boolean): string {
  const which = names.map((name) => `“${name}”`).join(', ');
  return isTimed
    ? `${which}: a list written twice with one write time has its elements twice. A row with one is never sent again: where its outcome is not known, it is kept apart.`
    : `${which}: a list written twice with one write time would have its elements twice, so such a row is sent again with a newer one.`;
}
