import type { StatementKind } from '@/lib/contract/statements';
import type { Token } from './lexer';
import type { SchemaLookup, TableShape } from './schema-lookup';
import { type QualifiedName, TokenReader } from './token-reader';
import { parseRelations, type Relation } from './where-parser';

interface Context {
  readonly keyspace?: string | undefined;
  readonly schema?: SchemaLookup | undefined;
}

/** The conditions between WHERE and IF; undefined when they are not understood. */
function whereOf(tokens: readonly Token[]): readonly Relation[] | undefined {
  const reader = new TokenReader(tokens);
  while (!reader.takeWords('WHERE')) {
    if (!reader.skipGroup()) return undefined;
  }
  const from = reader.at;
  while (!reader.done && !reader.sees('IF')) {
    if (!reader.skipGroup()) return undefined;
  }
  return parseRelations(reader.tokens.slice(from, reader.at));
}

function deletedPartitions(table: TableShape, relations: readonly Relation[]): string {
  const lists = relations.filter(
    ({ operator, columns }) => operator === 'IN' && table.partitionKey.includes(columns[0] ?? ''),
  );
  if (lists.length === 0) return 'Deletes the whole partition, with every row in it';
  const count = lists.reduce<number | null>(
    (product, { valueCount }) => (product === null || valueCount === null ? null : product * valueCount),
    1,
  );
  return `Deletes ${count ?? 'several'} whole partitions, with every row in them`;
}

function deleteWarnings(tokens: readonly Token[], table: TableShape | undefined): string[] {
  const [, second] = tokens;
  const deletesRows = second?.kind === 'word' && second.text.toUpperCase() === 'FROM';
  if (!deletesRows) return [];
  const relations = whereOf(tokens);
  if (table === undefined || relations === undefined) {
    return ['May delete whole partitions: Ringside does not know how much this matches'];
  }
  const [firstClustering] = table.clusteringKey;
  if (firstClustering === undefined) return [];
  const onClustering = relations.filter(({ columns }) =>
    columns.some((column) => table.clusteringKey.includes(column)),
  );
  if (onClustering.length === 0) return [deletedPartitions(table, relations)];
  const pinned = onClustering
    .filter(({ operator }) => operator === '=' || operator === 'IN')
    .flatMap(({ columns }) => columns);
  return table.clusteringKey.every((column) => pinned.includes(column)) ? [] : ['Deletes a range of rows, not one'];
}

function contains(tokens: readonly Token[], ...words: readonly string[]): boolean {
  const reader = new TokenReader(tokens);
  while (!reader.sees(...words)) {
    if (!reader.skipGroup()) return false;
  }
  return true;
}

function batchWarnings(tokens: readonly Token[]): string[] {
  const reader = new TokenReader(tokens);
  const deletes = reader.tokens.some((token) => token.kind === 'word' && token.text.toUpperCase() === 'DELETE');
  return deletes ? ['This batch deletes: check each of its statements'] : [];
}

function dropWarnings(tokens: readonly Token[]): string[] {
  const object = new TokenReader(tokens).word(1);
  if (object === 'KEYSPACE' || object === 'SCHEMA') return ['Drops the keyspace with every table and every row in it'];
  if (object === 'TABLE' || object === 'COLUMNFAMILY') return ['Drops the table with every row in it'];
  return [];
}

/** What the user should know before a write runs, beyond its text. */
export function writeWarnings(
  kind: StatementKind,
  tokens: readonly Token[],
  target: QualifiedName | null,
  context: Context,
): string[] {
  switch (kind) {
    case 'delete': {
      const keyspace = target?.keyspace ?? context.keyspace;
      const table = target && keyspace !== undefined ? context.schema?.table(keyspace, target.name) : undefined;
      return deleteWarnings(tokens, table);
    }
    case 'truncate':
      return ['Removes every row of the table, on every node; all nodes must be up'];
    case 'batch':
      return batchWarnings(tokens);
    case 'drop':
      return dropWarnings(tokens);
    case 'alter':
      return contains(tokens, 'DROP') && !contains(tokens, 'DROP', 'MASKED')
        ? ['Dropping a column loses its values in every row']
        : [];
    default:
      return [];
  }
}
