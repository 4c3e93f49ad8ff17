import { quoteIdentifier } from './identifiers';
import type { Insertion } from './insertions';
import type { Token } from './lexer';
import { TokenReader } from './token-reader';

/** A statement in which every name belongs to a keyspace. */
interface Qualified {
  readonly text: string;
  /** What was put in, in the order of the places. */
  readonly insertions: readonly Insertion[];
  /** False where Ringside cannot name the keyspace in the text: the request must. */
  readonly isComplete: boolean;
}

/** Notes the name that comes next, unless it has a keyspace. */
type Note = () => void;

/** A place where a name of a keyspace's object stands. False: the statement is not understood so far. */
type Find = (reader: TokenReader, note: Note) => boolean;

/** Skips to a word outside brackets. */
function skipTo(reader: TokenReader, ...words: readonly string[]): boolean {
  while (!words.some((word) => reader.sees(word))) if (!reader.skipGroup()) return false;
  return true;
}

const after =
  (...words: readonly string[]): Find =>
  (reader, note) => {
    if (!skipTo(reader, ...words)) return false;
    reader.at++;
    note();
    return true;
  };

const always: Find = (_, note) => {
  note();
  return true;
};

/** The statements of a batch begin with reserved words, so these cannot be names of columns. */
const inBatch: Find = (reader, note) => {
  if (!reader.sees('BATCH') && !reader.sees('UNLOGGED', 'BATCH') && !reader.sees('COUNTER', 'BATCH')) return false;
  while (skipTo(reader, 'INTO', 'UPDATE', 'FROM')) {
    reader.at++;
    note();
  }
  return true;
};

function skipCondition(reader: TokenReader): void {
  if (!reader.takeWords('IF', 'NOT', 'EXISTS')) reader.takeWords('IF', 'EXISTS');
}

const named: Find = (reader, note) => {
  skipCondition(reader);
  note();
  return true;
};

/** A view's own name, and where it is created the table that it selects from. */
const view: Find = (reader, note) => {
  named(reader, note);
  return !skipTo(reader, 'FROM') || after('FROM')(reader, note);
};

/** `CREATE TABLE a LIKE b`, since 5.1. */
const table: Find = (reader, note) => {
  named(reader, note);
  reader.takeQualifiedName();
  if (reader.takeWords('LIKE')) note();
  return true;
};

/** An index and a trigger are created on a table; an index is dropped by its own name. */
const onTable: Find = after('ON');
const index: Find = (reader, note) => (reader.tokens[0]?.text.toUpperCase() === 'DROP' ? named : onTable)(reader, note);

const nothing: Find = () => true;

const OBJECTS: ReadonlyMap<string, Find> = new Map<string, Find>([
  ['TABLE', table],
  ['COLUMNFAMILY', table],
  ['TYPE', named],
  ['FUNCTION', named],
  ['AGGREGATE', named],
  ['INDEX', index],
  ['TRIGGER', onTable],
  ...['KEYSPACE', 'SCHEMA', 'ROLE', 'USER', 'IDENTITY'].map((word): readonly [string, Find] => [word, nothing]),
]);

const schemaObject: Find = (reader, note) => {
  reader.takeWords('OR', 'REPLACE');
  reader.takeWords('CUSTOM');
  if (reader.takeWords('MATERIALIZED', 'VIEW')) return view(reader, note);
  const find = OBJECTS.get(reader.word() ?? '');
  if (find === undefined) return false;
  reader.at++;
  return find(reader, note);
};

const OTHER_RESOURCES: ReadonlySet<string> = new Set(['ALL', 'KEYSPACE', 'ROLE', 'MBEAN', 'MBEANS', 'FUNCTION']);

/** `ON [TABLE] t`. All else is outside of the keyspace in use, or must name its own even after USE: a function. */
const resource: Find = (reader, note) => {
  // Granting a role, and listing roles or all permissions, names no resource.
  if (!skipTo(reader, 'ON')) return true;
  reader.at++;
  if (OTHER_RESOURCES.has(reader.word() ?? '') && !reader.seesSymbol('.', 1)) return true;
  reader.takeWords('TABLE');
  note();
  return true;
};

const truncate: Find = (reader, note) => {
  // A table may be named like the word that may precede it.
  if (reader.word(1) !== undefined || reader.peek(1)?.kind === 'quoted') {
    if (!reader.takeWords('TABLE')) reader.takeWords('COLUMNFAMILY');
  }
  note();
  return true;
};

const STATEMENTS: ReadonlyMap<string, Find> = new Map<string, Find>([
  ['SELECT', after('FROM')],
  ['INSERT', after('INTO')],
  ['UPDATE', always],
  ['DELETE', after('FROM')],
  ['TRUNCATE', truncate],
  ['BEGIN', inBatch],
  ['CREATE', schemaObject],
  ['ALTER', schemaObject],
  ['DROP', schemaObject],
  ['GRANT', resource],
  ['REVOKE', resource],
  ['LIST', resource],
  ['ADD', nothing],
]);

/**
 * The statement as it means the same without `USE keyspace` before it: the keyspace stands before each name of a table,
 * view, type, function, aggregate or index that has none. Nothing else needs it: types and functions inside a statement are
 * looked up in the keyspace of what it is about (`CQL3Type.Raw.prepare`, `FunctionResolver.get`), and so is the name of an
 * index where it is created. DESCRIBE looks a bare name up as a keyspace first, so it is left alone. Never throws.
 */
export function qualify(statement: string, keyspace: string): Qualified {
  const reader = new TokenReader(statement);
  const find = STATEMENTS.get(reader.word() ?? '');
  if (find === undefined) return { text: statement, insertions: [], isComplete: false };
  reader.at = 1;
  const insertions: Insertion[] = [];
  const note = () => {
    const place = nameAt(reader);
    if (place !== undefined) insertions.push({ at: place.start, text: `${quoteIdentifier(keyspace)}.` });
  };
  const isComplete = find(reader, note);
  return { text: withInsertions(statement, insertions), insertions, isComplete };
}

/** The name that stands next, if it has no keyspace. */
function nameAt(reader: TokenReader): Token | undefined {
  const token = reader.peek();
  const isName = token?.kind === 'word' || token?.kind === 'quoted';
  return isName && !reader.seesSymbol('.', 1) ? token : undefined;
}

function withInsertions(text: string, insertions: readonly Insertion[]): string {
  let [result, from] = ['', 0];
  for (const { at, text: inserted } of insertions) {
    result += text.slice(from, at) + inserted;
    from = at;
  }
  return result + text.slice(from);
}
