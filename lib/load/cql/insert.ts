import type { QualifiedName } from '@/lib/cql/token-reader';
import { TokenReader } from '@/lib/cql/token-reader';
import type { Using } from '../records';

/** An INSERT as text: its columns, and the literals of their values, null where the literal is `null`. */
export interface InsertText {
  readonly table: QualifiedName;
  readonly names: readonly string[];
  readonly literals: readonly (string | null)[];
  readonly using: Using;
}

/** Why a statement is not such an INSERT, and at which character of it. */
export interface NoInsert {
  readonly at: number;
  readonly reason: string;
}

/** Reads `INSERT INTO … (…) VALUES (…) USING …`, as exports write it. */
export function insertText(text: string): InsertText | NoInsert {
  const reader = new TokenReader(text);
  const broken = reader.tokens.find((token) => token.kind === 'error');
  if (broken !== undefined) return { at: broken.start, reason: broken.reason ?? 'CQL does not allow this' };
  const stop = (reason: string): NoInsert => ({ at: reader.peek()?.start ?? text.length, reason });
  if (reader.sees('UPDATE')) {
    return stop('an UPDATE: counters and other updates are not loaded. Run the file as a script in an empty table');
  }
  if (!reader.takeWords('INSERT', 'INTO')) return stop('INSERT INTO is expected; other statements are not loaded');
  if (reader.sees('JSON', 'JSON')) return stop('INSERT … JSON is not loaded; a file of objects has the format ndjson');
  const table = reader.takeQualifiedName();
  if (table === undefined) return stop('the name of a table is expected');
  const names = takeNames(reader);
  if (names === undefined) return stop('the names of columns in parentheses are expected');
  if (!reader.takeWords('VALUES')) return stop('VALUES is expected');
  const literals = takeLiterals(reader, text);
  if (literals === undefined) return stop('values in parentheses are expected');
  if (literals.length !== names.length) {
    return stop(`there are ${names.length} columns and ${literals.length} values`);
  }
  if (reader.sees('IF')) return stop('IF NOT EXISTS is not loaded: rows are written unconditionally');
  const using = takeUsing(reader);
  return using === undefined || !reader.done
    ? stop('USING TIMESTAMP, USING TTL or the end of the statement is expected')
    : { table, names, literals, using };
}

function takeNames(reader: TokenReader): string[] | undefined {
  if (!reader.takeSymbol('(')) return undefined;
  const names: string[] = [];
  do {
    const name = reader.takeName();
    if (name === undefined || names.includes(name)) return undefined;
    names.push(name);
  } while (reader.takeSymbol(','));
  return reader.takeSymbol(')') ? names : undefined;
}

function takeLiterals(reader: TokenReader, text: string): (string | null)[] | undefined {
  if (!reader.takeSymbol('(')) return undefined;
  const literals: (string | null)[] = [];
  do {
    const first = reader.peek();
    while (!reader.seesSymbol(',') && !reader.seesSymbol(')')) if (!reader.skipGroup()) return undefined;
    const last = reader.tokens[reader.at - 1];
    if (first === undefined || last === undefined || last.end <= first.start) return undefined;
    const literal = text.slice(first.start, last.end);
    literals.push(/^null$/i.test(literal) ? null : literal);
  } while (reader.takeSymbol(','));
  return reader.takeSymbol(')') ? literals : undefined;
}

function takeUsing(reader: TokenReader): Using | undefined {
  let [ttlSeconds, timestampMicros]: [number | null, bigint | null] = [null, null];
  if (!reader.takeWords('USING')) return { ttlSeconds, timestampMicros };
  do {
    const isTtl = reader.takeWords('TTL');
    if (!isTtl && !reader.takeWords('TIMESTAMP')) return undefined;
    const token = reader.peek();
    if (token?.kind !== 'number' || !/^-?\d{1,19}$/.test(token.text)) return undefined;
    reader.at++;
    if (isTtl) ttlSeconds = Number(token.text);
    else timestampMicros = BigInt(token.text);
  } while (reader.takeWords('AND'));
  return { ttlSeconds, timestampMicros };
}
