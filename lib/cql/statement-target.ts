import type { QualifiedName, TokenReader } from './token-reader';

/** The leading words of a statement and what it acts on. */
export interface StatementTarget {
  readonly verb: string;
  readonly target: QualifiedName | null;
  /** False for what is outside keyspaces: keyspaces themselves, roles, users, identities. */
  readonly hasKeyspace: boolean;
}

function takeAny(reader: TokenReader, ...words: readonly string[]): string | undefined {
  return words.find((word) => reader.takeWords(word));
}

/** Skips to a word outside brackets. */
function skipTo(reader: TokenReader, word: string): boolean {
  while (!reader.sees(word)) {
    if (!reader.skipGroup()) return false;
  }
  return reader.takeWords(word);
}

/** What INSERT, UPDATE, DELETE, TRUNCATE write to; a batch may write to several tables and names none. */
export function readDataTarget(
  reader: TokenReader,
  kind: 'insert' | 'update' | 'delete' | 'batch' | 'truncate',
): StatementTarget {
  reader.at = 1;
  const named = (verb: string): StatementTarget => {
    return { verb, target: reader.takeQualifiedName() ?? null, hasKeyspace: true };
  };
  switch (kind) {
    case 'insert':
      return reader.takeWords('INTO') ? named('INSERT INTO') : { verb: 'INSERT', target: null, hasKeyspace: true };
    case 'update':
      return named('UPDATE');
    case 'delete':
      return skipTo(reader, 'FROM') ? named('DELETE') : { verb: 'DELETE', target: null, hasKeyspace: true };
    case 'truncate':
      takeAny(reader, 'TABLE', 'COLUMNFAMILY');
      return named('TRUNCATE');
    case 'batch': {
      const flavour = takeAny(reader, 'UNLOGGED', 'COUNTER');
      const block = takeAny(reader, 'BATCH', 'TRANSACTION');
      return { verb: ['BEGIN', flavour, block].filter(Boolean).join(' '), target: null, hasKeyspace: true };
    }
    default:
      return kind satisfies never;
  }
}

const OUTSIDE_KEYSPACES: ReadonlySet<string> = new Set(['KEYSPACE', 'SCHEMA', 'ROLE', 'USER', 'IDENTITY']);

/** `IF EXISTS`, `IF NOT EXISTS`. */
function skipCondition(reader: TokenReader): void {
  if (!reader.takeWords('IF', 'NOT', 'EXISTS')) reader.takeWords('IF', 'EXISTS');
}

/** Roles, users and identities may also be named by a string. */
function takeLooseName(reader: TokenReader): QualifiedName | null {
  const token = reader.peek();
  if (token?.kind !== 'string') return reader.takeQualifiedName() ?? null;
  reader.at++;
  const inner = token.text.startsWith('$$') ? token.text.slice(2, -2) : token.text.slice(1, -1).replaceAll("''", "'");
  return { keyspace: undefined, name: inner };
}

/** A trigger belongs to a table and has that table's keyspace. */
function takeTrigger(reader: TokenReader): QualifiedName | null {
  const name = reader.takeName();
  const table = reader.takeWords('ON') ? reader.takeQualifiedName() : undefined;
  return name === undefined ? null : { keyspace: table?.keyspace, name };
}

function takeIndex(reader: TokenReader): QualifiedName | null {
  // CREATE INDEX may leave the name to the server; the target is then the table.
  reader.takeWords('ON');
  return reader.takeQualifiedName() ?? null;
}

function takeObjectName(reader: TokenReader, object: string): QualifiedName | null {
  skipCondition(reader);
  if (OUTSIDE_KEYSPACES.has(object)) return takeLooseName(reader);
  if (object === 'TRIGGER') return takeTrigger(reader);
  return object === 'INDEX' ? takeIndex(reader) : (reader.takeQualifiedName() ?? null);
}

const OBJECTS = [
  'KEYSPACE',
  'SCHEMA',
  'TABLE',
  'COLUMNFAMILY',
  'TYPE',
  'FUNCTION',
  'AGGREGATE',
  'INDEX',
  'ROLE',
  'USER',
  'TRIGGER',
  'IDENTITY',
] as const;

/** What CREATE, ALTER, DROP and ADD act on. */
export function readSchemaTarget(reader: TokenReader): StatementTarget {
  const words = [reader.word() ?? ''];
  reader.at = 1;
  if (reader.takeWords('OR', 'REPLACE')) words.push('OR REPLACE');
  const custom = takeAny(reader, 'CUSTOM');
  if (custom !== undefined) words.push(custom);
  const object = reader.takeWords('MATERIALIZED', 'VIEW') ? 'MATERIALIZED VIEW' : takeAny(reader, ...OBJECTS);
  if (object === undefined) return { verb: words.join(' '), target: null, hasKeyspace: false };
  words.push(object);
  const target = takeObjectName(reader, object);
  return { verb: words.join(' '), target, hasKeyspace: !OUTSIDE_KEYSPACES.has(object) };
}
