import type { Table } from '@/lib/contract/schema';
import { plural } from '@/lib/text/format';
import { filterAdvice } from '../filter-advice';
import { quoteIdentifier } from '../identifiers';
import { schemaLookup } from '../schema-lookup';
import { type ErrorHelp, insertAt, rangeOf, replaceRange } from './help';
import { isWord, nameOf, type Parts, wordsAt } from './parts';
import { NO_NULLS, withoutCondition } from './sql';

/** Conditions that neither the key nor an index serves. */
export function needsFiltering(parts: Parts): ErrorHelp | null {
  const { said, statement, tokens, keyspace, keyspaces, given, table } = parts;
  const isRead = isWord(tokens[0], 'SELECT') && wordsAt(tokens, 'ALLOW', 'FILTERING') < 0;
  if (!/ALLOW FILTERING/.test(said) || !isRead) return null;
  const ofNull = given.find(({ clause, value }) => clause === 'where' && isWord(value[0], 'NULL'));
  if (ofNull !== undefined) return withoutCondition(parts, ofNull, NO_NULLS);
  const advice = filterAdvice(statement, { keyspace: keyspace ?? undefined, schema: schemaLookup(keyspaces) });
  const key = keyOf(table);
  const first = tokens.find((token) => isWord(token, 'WHERE'));
  const edits = [insertAt(tokens.at(-1)?.end ?? statement.length, ' ALLOW FILTERING')];
  return {
    cause: `Cassandra cannot find these rows by the key${advice === null ? '' : `: ${advice.problem}`}.`,
    advice: `${key === null ? '' : `The key is ${key}. `}ALLOW FILTERING reads more rows than it returns, at worst the whole table.`,
    range: first === undefined ? null : rangeOf(first, given.find(({ clause }) => clause === 'where')?.tokens.at(-1)),
    suggestions: advice?.isFilterable === false ? [] : [{ label: 'Add ALLOW FILTERING', edits }],
  };
}

/** `((origin, day), departs)`; null while the table is not known. */
function keyOf(table: Table | undefined): string | null {
  const of = (kind: string) =>
    (table?.columns ?? [])
      .filter((column) => column.kind === kind)
      .toSorted((one, other) => one.position - other.position)
      .map(({ name }) => quoteIdentifier(name));
  const [partition, clustering] = [of('partition_key'), of('clustering')];
  if (partition.length === 0) return null;
  return partition.length === 1 && clustering.length === 0
    ? `${partition[0]}`
    : `(${[`(${partition.join(', ')})`, ...clustering].join(', ')})`;
}

/** LIKE without an index that serves it. */
export function needsLikeIndex(parts: Parts): ErrorHelp | null {
  if (!/LIKE restriction/.test(parts.said)) return null;
  const wrong = parts.given.find(({ operator }) => operator === 'LIKE');
  const cause = `LIKE needs a SASI index on ${wrong?.column ?? 'the column'}: without one Cassandra does not search inside text.`;
  return wrong === undefined ? { cause, range: null, suggestions: [] } : withoutCondition(parts, wrong, cause);
}

/** ORDER BY that Cassandra cannot serve. */
export function wrongOrder({ said, statement, tokens, table }: Parts): ErrorHelp | null {
  if (!/order by/i.test(said)) return null;
  const at = wordsAt(tokens, 'ORDER', 'BY');
  const [order, before] = [tokens[at], tokens[at - 1]];
  if (order === undefined || before === undefined) return null;
  const after = tokens.findIndex((token, index) => index > at && isWord(token, 'PER', 'LIMIT', 'ALLOW'));
  const last = tokens.at(after < 0 ? -1 : after - 1) ?? order;
  const key = keyOf(table);
  const cause = /partition key is restricted/i.test(said)
    ? 'Cassandra orders rows inside a partition only, so ORDER BY needs the whole partition key with = or IN.'
    : 'Cassandra orders rows by the clustering columns only, as the table stores them.';
  const edits = [replaceRange(statement, { from: before.end, to: last.end }, '')];
  return {
    cause,
    ...(key === null ? {} : { advice: `The key is ${key}.` }),
    range: rangeOf(order, last),
    suggestions: [{ label: 'Remove ORDER BY', edits }],
  };
}

/** `SELECT DISTINCT name`, which works for partition keys only. */
export function wrongDistinct({ said, statement, tokens, table }: Parts): ErrorHelp | null {
  if (!/SELECT DISTINCT queries/.test(said)) return null;
  const [distinct, from] = [tokens[wordsAt(tokens, 'DISTINCT')], tokens[wordsAt(tokens, 'FROM')]];
  const key = (table?.columns ?? [])
    .filter(({ kind }) => kind === 'partition_key')
    .map(({ name }) => quoteIdentifier(name));
  const cause = 'DISTINCT works on whole partition keys and static columns only.';
  if (distinct === undefined || from === undefined || key.length === 0) return { cause, range: null, suggestions: [] };
  const span = { from: distinct.end, to: from.start };
  const edits = [replaceRange(statement, span, ` ${key.join(', ')} `)];
  return { cause, range: rangeOf(distinct), suggestions: [{ label: `Use DISTINCT ${key.join(', ')}`, edits }] };
}

/** A write that does not name its row. */
export function missingKeyParts({ said, tokens, table }: Parts): ErrorHelp | null {
  const found = /Some (partition key parts|clustering keys) are missing: (.+)$/.exec(said);
  if (found === null) return null;
  const names = (found[2] ?? '').split(',').map((name) => name.trim());
  const typed = names.map((name) => {
    const type = table?.columns.find((column) => column.name === name)?.type;
    return type === undefined ? name : `${name} ${type}`;
  });
  const where = tokens.find((token) => isWord(token, 'WHERE')) ?? tokens[0];
  const key = keyOf(table);
  return {
    cause: `A row is found by its whole key. This statement gives no ${typed.join(' and no ')}.`,
    ...(key === null ? {} : { advice: `The key is ${key}.` }),
    range: where === undefined ? null : rangeOf(where),
    suggestions: [],
  };
}

/** A key cannot be changed. */
export function keyInSet({ said, given }: Parts): ErrorHelp | null {
  const name = /PRIMARY KEY part (.+) found in SET part/.exec(said)?.[1];
  const token = given.find(({ clause, column }) => clause === 'set' && column === name)?.tokens[0];
  if (name === undefined) return null;
  return {
    cause: `${name} is part of the key, which never changes.`,
    advice: 'Insert a row with the new key, then delete the old one.',
    range: token === undefined ? null : rangeOf(token),
    suggestions: [],
  };
}

export function nullInCondition(parts: Parts): ErrorHelp | null {
  const name = /Invalid null value in condition for column (.+)$/.exec(parts.said)?.[1];
  const wrong = parts.given.find(({ clause, column }) => clause === 'where' && column === name);
  if (name === undefined || wrong === undefined) return null;
  return withoutCondition(parts, wrong, `${name} is part of the key, and a key is never null.`);
}

export function bindMarkers({ said, tokens }: Parts): ErrorHelp | null {
  if (!/Invalid amount of bind variables/.test(said)) return null;
  const marker = tokens.find(({ kind }) => kind === 'bind');
  return {
    cause: 'The editor sends no values for bind markers.',
    advice: 'Write the value itself in its place.',
    range: marker === undefined ? null : rangeOf(marker),
    suggestions: [],
  };
}

/** As many values as columns. */
export function unmatchedValues({ said, tokens, given }: Parts): ErrorHelp | null {
  if (!/Unmatched column names\/values/.test(said)) return null;
  const values = tokens.find((token) => isWord(token, 'VALUES'));
  const open = tokens.findIndex((token) => token.text === '(');
  const names = tokens
    .slice(
      open + 1,
      tokens.findIndex((token) => token.text === ')'),
    )
    .filter((token) => nameOf(token) !== undefined);
  const count = given.filter(({ clause }) => clause === 'values').length;
  return {
    cause: `INSERT names ${plural(names.length, 'column')} and gives ${plural(count, 'value')}: it needs one for each.`,
    range: values === undefined ? null : rangeOf(values),
    suggestions: [],
  };
}
