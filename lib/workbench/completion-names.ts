import type { Keyspace } from '@/lib/contract/schema';
import { FUNCTIONS, TYPE_NAMES, wordsOf } from '@/lib/cql/cql-words';
import { quoteIdentifier, unquoteIdentifier } from '@/lib/cql/identifiers';
import { nativeSignatures } from '@/lib/cql/signatures';
import { columnOption, columnsOfAll, ranked } from './completion-columns';
import type { Context } from './completion-knowledge';
import type { Suggestion } from './suggestion';

/** Names of the schema, functions and values, as they are proposed. */

export function keywords(list: readonly string[]): Suggestion[] {
  return list.map((text) => ({ text, kind: 'keyword' }));
}

export const symbols = (texts: readonly string[]) => texts.map((text): Suggestion => ({ text, kind: 'operator' }));

export function keyspacesOf(keyspaces: readonly Keyspace[]): Suggestion[] {
  const own = ({ system, virtual }: Keyspace) => Number(system || virtual);
  return keyspaces
    .toSorted((one, other) => own(one) - own(other))
    .map(({ name }) => ({ text: quoteIdentifier(name), kind: 'keyspace' }));
}

export function tablesOf(keyspace: Keyspace | undefined): Suggestion[] {
  return (keyspace?.tables ?? []).map(({ name, kind }) => {
    return { text: quoteIdentifier(name), kind: 'table', ...(kind === 'view' ? { detail: 'view' } : {}) };
  });
}

export function typesOf({ chosen, release }: Pick<Context, 'chosen' | 'release'>): Suggestion[] {
  const own = (chosen?.types ?? []).map(
    ({ name }): Suggestion => ({ text: quoteIdentifier(name), kind: 'type', detail: 'type' }),
  );
  return [...wordsOf(TYPE_NAMES, release).map((text): Suggestion => ({ text, kind: 'type' })), ...own];
}

export function columnsHere({ home, schema, keyspace }: Context): Suggestion[] {
  return home === undefined ? columnsOfAll(schema.keyspaces, keyspace) : ranked(home.table.columns).map(columnOption);
}

export function fieldsOf(home: Context['home'], column: string): Suggestion[] {
  const type = home?.table.columns.find(({ name }) => name === column)?.type ?? '';
  const named = unquoteIdentifier(type.replace(/^frozen<(.*)>$/, '$1'));
  const fields = home?.keyspace.types.find(({ name }) => name === named)?.fields ?? [];
  return fields.map(({ name, type: of }) => ({ text: quoteIdentifier(name), kind: 'field', detail: of }));
}

export function functionsOf({ release, chosen }: Context): Suggestion[] {
  const own = (chosen?.functions ?? []).map(({ name, argumentTypes, returnType }): Suggestion => {
    return {
      text: `${quoteIdentifier(name)}()`,
      kind: 'function',
      detail: `(${argumentTypes.join(', ')}) → ${returnType}`,
    };
  });
  const natives = [...wordsOf(FUNCTIONS, release), 'CAST()'].map((text): Suggestion => {
    const [signature] = nativeSignatures(text.replace(/\(.*/, '').toLowerCase(), release);
    const detail = signature === undefined ? {} : { detail: `→ ${signature.result}` };
    return { text, kind: 'function', ...detail };
  });
  return [...own, ...natives];
}

/** Values of the column's type: what has a name, and functions that give it. */
export function valuesFor(context: Context, name: string | undefined, isList = false): Suggestion[] {
  if (isList) return symbols(['()']);
  const type = context.home?.table.columns.find((column) => column.name === name)?.type;
  const values = type === 'boolean' ? ['true', 'false'] : [];
  const given = nativeResults(type).filter((text) => functionsOf(context).some((one) => one.text === text));
  return [
    ...values.map((text): Suggestion => ({ text, kind: 'value' })),
    ...given.map((text): Suggestion => ({ text, kind: 'function', detail: `→ ${type}` })),
    { text: '?', kind: 'value', detail: 'a parameter' },
  ];
}

/** Functions without a column that give a type. */
function nativeResults(type: string | undefined): readonly string[] {
  switch (type) {
    case 'uuid':
      return ['uuid()', 'now()'];
    case 'timeuuid':
      return ['now()', 'min_timeuuid()', 'max_timeuuid()', 'minTimeuuid()', 'maxTimeuuid()'];
    case 'timestamp':
      return ['current_timestamp()', 'currentTimestamp()', 'to_timestamp()', 'toTimestamp()'];
    case 'date':
      return ['current_date()', 'currentDate()', 'to_date()', 'toDate()'];
    case 'time':
      return ['current_time()', 'currentTime()'];
    case 'blob':
      return ['text_as_blob()', 'textAsBlob()'];
    default:
      return [];
  }
}
