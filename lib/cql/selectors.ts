import { TokenReader } from './token-reader';

/**
 * What each column of a SELECT's result is: the name of the table's column that it shows, or null if it is computed,
 * renamed or not understood. Undefined for `SELECT *`, which shows every column as is, and for anything but a SELECT.
 */
export function selectedColumns(statement: string): readonly (string | null)[] | undefined {
  const reader = new TokenReader(statement);
  if (!reader.takeWords('SELECT')) return undefined;
  takeModifier(reader);
  if (reader.seesSymbol('*') && reader.word(1) === 'FROM') return undefined;
  const columns: (string | null)[] = [];
  do columns.push(takeSelector(reader));
  while (reader.takeSymbol(','));
  return columns;
}

/** DISTINCT and JSON are also names: they modify the selection only if one follows. */
function takeModifier(reader: TokenReader): void {
  const next = reader.peek(1);
  const selects = next !== undefined && (next.kind !== 'operator' || next.text === '*');
  if (selects && reader.word(1) !== 'FROM' && reader.word(1) !== 'AS') reader.takeWords('DISTINCT');
}

/** A selector up to the comma or FROM after it: the column's name if it is just that. */
function takeSelector(reader: TokenReader): string | null {
  const from = reader.at;
  const name = reader.takeName();
  if (name !== undefined && reader.takeWords('AS')) {
    if (reader.takeName() !== name) return skipSelector(reader);
  }
  return name !== undefined && reader.at > from && endsSelector(reader) ? name : skipSelector(reader);
}

function endsSelector(reader: TokenReader): boolean {
  return reader.done || reader.seesSymbol(',') || reader.sees('FROM');
}

function skipSelector(reader: TokenReader): null {
  while (!endsSelector(reader)) {
    if (!reader.skipGroup()) break;
  }
  return null;
}
