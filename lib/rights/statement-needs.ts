import type { Verb } from '@/lib/contract/rights';
import { batchTargets } from '@/lib/cql/batch-analysis';
import { classify } from '@/lib/cql/classifier';
import { splitStatements } from '@/lib/cql/splitter';
import { readSchemaTarget } from '@/lib/cql/statement-target';
import { type QualifiedName, TokenReader } from '@/lib/cql/token-reader';
import { type Needs, NO_NEEDS, need, together } from './needs';
import type { RightPlace } from './rules';

/** Where a statement runs. */
export interface StatementPlace {
  readonly cluster: string;
  /** For names without one. */
  readonly keyspace?: string | undefined;
}

const UNCLEAR = 'Ringside cannot tell what this statement reads or writes, and your rights are for some tables only.';
const NO_KEYSPACE = 'The statement names a table without its keyspace: choose a keyspace, or write keyspace.table.';

/**
 * What a statement needs, by its text: the tables that it reads and writes. Views are left to `withBases`.
 * @param reading what a read needs: `export` where its rows are taken away
 */
export function statementNeeds(statement: string, at: StatementPlace, reading: Verb): Needs {
  const { kind, table, target, warnings } = classify(statement, { keyspace: at.keyspace });
  const tokens = tokensOf(statement);
  const named = { keyspace: table?.keyspace ?? target?.keyspace ?? undefined, name: (table ?? target)?.name ?? '' };
  const isNamed = table !== null || target !== null;
  switch (kind) {
    case 'select':
      return table === null ? { unclear: UNCLEAR } : onTable(named, at, [reading]);
    case 'insert':
    case 'update':
    case 'delete':
      return isNamed ? writeNeeds(named, at, tokens, statement) : { unclear: UNCLEAR };
    case 'truncate':
      return isNamed ? onTable(named, at, ['write', 'ddl']) : { unclear: UNCLEAR };
    case 'batch':
      return batchNeeds(tokens, at, statement);
    case 'create':
    case 'alter':
    case 'drop':
      return schemaNeeds(kind, tokens, at);
    case 'grant':
    case 'revoke':
      return { needs: [need('admin', { cluster: at.cluster })] };
    case 'list':
      return { needs: [need('read', { cluster: at.cluster, keyspace: 'system_auth' })] };
    case 'describe':
      return describeNeeds(tokens, at);
    case 'use':
      // It is never sent.
      return NO_NEEDS;
    case 'unknown':
      return { unclear: warnings[0] ?? UNCLEAR };
    default:
      return kind satisfies never;
  }
}

/** The tokens of the one statement, without the `;` after it. */
function tokensOf(statement: string): TokenReader {
  return new TokenReader(splitStatements(statement)[0]?.text ?? '');
}

/** A condition says in its answer what the row has. */
function writeNeeds(table: QualifiedName, at: StatementPlace, { tokens }: TokenReader, statement: string): Needs {
  const isConditional = tokens.some(({ kind, text }) => kind === 'word' && text.toUpperCase() === 'IF');
  const written = onTable(table, at, ['write']);
  if ('unclear' in written) return written;
  const needs = written.needs.map((one) => ({ ...one, statement }));
  return isConditional ? together([{ needs }, onTable(table, at, ['read'])]) : { needs };
}

function onTable({ keyspace, name }: QualifiedName, at: StatementPlace, verbs: readonly Verb[]): Needs {
  const place = placeOf(keyspace, at);
  if (place === null) return { unclear: NO_KEYSPACE };
  return { needs: verbs.map((verb) => need(verb, { ...place, table: name })) };
}

function placeOf(keyspace: string | undefined, { cluster, keyspace: chosen }: StatementPlace): RightPlace | null {
  const within = keyspace ?? chosen;
  return within === undefined ? null : { cluster, keyspace: within };
}

function batchNeeds(reader: TokenReader, at: StatementPlace, statement: string): Needs {
  const targets = batchTargets(reader.tokens);
  if (targets === undefined) return { unclear: UNCLEAR };
  return together(targets.map((target) => writeNeeds(target, at, reader, statement)));
}

/** What CREATE, ALTER, DROP and ADD change. What has no table of its own takes the keyspace, and what has none the cluster. */
function schemaNeeds(kind: 'create' | 'alter' | 'drop', reader: TokenReader, at: StatementPlace): Needs {
  const { verb, target } = readSchemaTarget(reader);
  const object = verb.replace(/^\S+ (OR REPLACE )?(CUSTOM )?/, '');
  switch (object) {
    case 'KEYSPACE':
    case 'SCHEMA':
      return target === null ? { unclear: UNCLEAR } : ofKeyspace(target.name, at);
    case 'TABLE':
    case 'COLUMNFAMILY':
      // CREATE TABLE … LIKE is of later releases, and reads another schema.
      if (target === null || (kind === 'create' && !reader.seesSymbol('('))) return { unclear: UNCLEAR };
      return onTable(target, at, ['ddl']);
    case 'MATERIALIZED VIEW':
      return target === null ? { unclear: UNCLEAR } : viewNeeds(kind, reader, target, at);
    case 'INDEX':
      return kind === 'create' ? indexNeeds(reader, at) : ofKeyspace(target?.keyspace, at);
    case 'TYPE':
    case 'FUNCTION':
    case 'AGGREGATE':
      return target === null ? { unclear: UNCLEAR } : ofKeyspace(target.keyspace, at);
    case 'TRIGGER':
    case 'ROLE':
    case 'USER':
    case 'IDENTITY':
      return { needs: [need('admin', { cluster: at.cluster })] };
    default:
      return { unclear: UNCLEAR };
  }
}

function ofKeyspace(keyspace: string | undefined, at: StatementPlace): Needs {
  const place = placeOf(keyspace, at);
  return place === null ? { unclear: NO_KEYSPACE } : { needs: [need('ddl', place)] };
}

/** A view holds the rows of its table, so whoever makes one must read them. */
function viewNeeds(kind: string, reader: TokenReader, target: QualifiedName, at: StatementPlace): Needs {
  const view = onTable(target, at, ['ddl']);
  if (kind !== 'create') return view;
  const base = afterWord(reader, 'FROM');
  if (base === undefined) return { unclear: UNCLEAR };
  const table = onTable(base, at, ['ddl', 'read']);
  if ('unclear' in view || 'unclear' in table) return { unclear: NO_KEYSPACE };
  return { needs: [...view.needs, ...table.needs.map((one) => ({ ...one, isUnmasked: true }))] };
}

function indexNeeds(reader: TokenReader, at: StatementPlace): Needs {
  reader.at = 0;
  const table = afterWord(reader, 'ON');
  return table === undefined ? { unclear: UNCLEAR } : onTable(table, at, ['ddl']);
}

/** The name after a word outside brackets. */
function afterWord(reader: TokenReader, word: string): QualifiedName | undefined {
  while (!reader.sees(word)) if (!reader.skipGroup()) return undefined;
  reader.at++;
  return reader.takeQualifiedName();
}

/** DESCRIBE of a table or a keyspace shows that; all others show more. */
function describeNeeds(reader: TokenReader, at: StatementPlace): Needs {
  reader.at = 1;
  if (reader.takeWords('TABLE')) {
    const table = reader.takeQualifiedName();
    return table === undefined ? { unclear: UNCLEAR } : onTable(table, at, ['see']);
  }
  reader.takeWords('ONLY');
  const isKeyspace = reader.takeWords('KEYSPACE');
  const keyspace = isKeyspace ? reader.takeName() : undefined;
  return { needs: [need('see', { cluster: at.cluster, keyspace })] };
}
