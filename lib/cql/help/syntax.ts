import { quoteAlways, quoteIdentifier, RESERVED_WORDS } from '../identifiers';
import { type Token, tokenize } from '../lexer';
import { type ErrorHelp, insertAt, rangeOf, replaceRange } from './help';
import { nearest } from './nearest';
import { isSymbol, isWord, nameOf, type Parts, wordsAt } from './parts';

/** An unclosed quote: the statement ends inside a string, a name or a comment. */
export function unclosed({ statement }: Parts): ErrorHelp | null {
  const tokens = tokenize(statement);
  const at = tokens.findIndex(({ kind, reason }) => kind === 'error' && reason?.includes('no closing'));
  const open = tokens[at];
  if (open === undefined) return null;
  // 'O'Hare': the apostrophe closed the string.
  const broken = tokens.findIndex(({ kind, end }, index) => kind === 'string' && isGlued(tokens[index + 1], end));
  const string = tokens[broken];
  if (string !== undefined && open.text.startsWith("'")) {
    const range = rangeOf(string, tokens[broken + 1]);
    const edits = [replaceRange(statement, { from: string.end - 1, to: string.end }, "''")];
    const cause = 'The apostrophe ends the text. Inside quotes an apostrophe is written twice.';
    return { cause, range, suggestions: [{ label: "Write '' for the apostrophe", edits }] };
  }
  const closing = /^(\/\*|\$\$|["'])/.exec(open.text)?.[0].replace('/*', '*/') ?? "'";
  const suggestions = [{ label: `Add ${closing} at the end`, edits: [insertAt(statement.length, closing)] }];
  return { cause: `${open.reason}.`, range: { from: open.start, to: open.start + 1 }, suggestions };
}

function isGlued(token: Token | undefined, end: number): boolean {
  return token?.kind === 'word' && token.start === end;
}

/** `` `name` `` of MySQL. */
export function backticks({ statement }: Parts): ErrorHelp | null {
  const found = [...statement.matchAll(/`([^`]*)`/g)];
  const [first] = found;
  if (first === undefined) return null;
  const edits = found.map((match) => {
    const range = { from: match.index, to: match.index + match[0].length };
    return replaceRange(statement, range, quoteIdentifier(match[1] ?? ''));
  });
  return {
    cause: 'CQL has no backticks. A name needs double quotes only where it has capitals, spaces or signs.',
    range: { from: first.index, to: first.index + first[0].length },
    suggestions: [{ label: `Use ${edits.map(({ replacement }) => replacement).join(', ')}`, edits }],
  };
}

const KEYWORDS = (
  'SELECT DISTINCT FROM WHERE AND INSERT INTO VALUES UPDATE SET DELETE TRUNCATE CREATE ALTER DROP TABLE KEYSPACE INDEX ' +
  'GROUP ORDER BY LIMIT PARTITION ALLOW FILTERING USING BEGIN BATCH APPLY PRIMARY KEY WITH REPLICATION DESCRIBE CONTAINS'
).split(' ');

/** `FORM` for FROM, at the place where the server stopped. */
export function misspeltKeyword({ statement, stoppedAt, table }: Parts): ErrorHelp | null {
  if (stoppedAt?.kind !== 'word' || stoppedAt.text.length < 4 || isWord(stoppedAt, ...KEYWORDS)) return null;
  if (table?.columns.some(({ name }) => name === nameOf(stoppedAt))) return null;
  const meant = nearest(stoppedAt.text.toUpperCase(), KEYWORDS, stoppedAt.text.length < 7 ? 1 : 2);
  if (meant === undefined) return null;
  const edits = [replaceRange(statement, rangeOf(stoppedAt), meant)];
  const cause = `${stoppedAt.text} is no word of CQL. Did you mean ${meant}?`;
  return { cause, range: rangeOf(stoppedAt), suggestions: [{ label: `Use ${meant}`, edits }] };
}

const SIGNS: Readonly<Record<string, string>> = { '==': '=', '=>': '>=', '=<': '<=' };

/** `==`, which CQL writes `=`. */
export function doubledSign({ statement, tokens }: Parts): ErrorHelp | null {
  for (const [at, token] of tokens.entries()) {
    const next = tokens[at + 1];
    const meant = next?.start === token.end ? SIGNS[token.text + next.text] : undefined;
    if (meant === undefined || next === undefined) continue;
    const range = rangeOf(token, next);
    const written = statement.slice(range.from, range.to);
    const suggestions = [{ label: `Use ${meant}`, edits: [replaceRange(statement, range, meant)] }];
    return { cause: `CQL has no ${written}: it is written ${meant}.`, range, suggestions };
  }
  return null;
}

/** `SELECT a, b, FROM`. */
export function trailingComma({ statement, tokens }: Parts): ErrorHelp | null {
  const at = tokens.findIndex((token, index) => {
    const next = tokens[index + 1];
    return isSymbol(token, ',') && (isWord(next, 'FROM', 'WHERE') || isSymbol(next, ')') || next === undefined);
  });
  const comma = tokens[at];
  if (comma === undefined) return null;
  const edits = [replaceRange(statement, rangeOf(comma), '')];
  return {
    cause: 'There is a comma with nothing after it.',
    range: rangeOf(comma),
    suggestions: [{ label: 'Remove the comma', edits }],
  };
}

/** A column called `order`, `token` or the like. */
export function reservedName({ statement, tokens, stoppedAt, table }: Parts): ErrorHelp | null {
  const at = stoppedAt === undefined ? -1 : tokens.indexOf(stoppedAt);
  const found = [tokens[at], tokens[at - 1]].find((token) => {
    const name = token?.kind === 'word' ? nameOf(token) : undefined;
    if (name === undefined || !RESERVED_WORDS.has(name)) return false;
    return table?.columns.some((column) => column.name === name) ?? false;
  });
  if (found === undefined) return null;
  const quoted = quoteAlways(nameOf(found) ?? '');
  return {
    cause: `${found.text} is a word of CQL. As the name of a column it needs double quotes.`,
    range: rangeOf(found),
    suggestions: [{ label: `Use ${quoted}`, edits: [replaceRange(statement, rangeOf(found), quoted)] }],
  };
}

/** The statement stops before it says everything. */
export function endsTooEarly({ statement, tokens, said }: Parts): ErrorHelp | null {
  const last = tokens.at(-1);
  if (last === undefined || !/'<EOF>'/.test(said)) return null;
  const expected = /expecting '?(?:K_)?([A-Z]+|[^A-Za-z\s'])'?$/.exec(said)?.[1];
  const range = rangeOf(last);
  if (expected === ')') {
    const suggestions = [{ label: 'Add ) at the end', edits: [insertAt(statement.length, ')')] }];
    return { cause: 'A bracket is not closed.', range, suggestions };
  }
  if (expected === 'WHERE' && isWord(tokens[0], 'UPDATE', 'DELETE')) return withoutWhere(tokens, last);
  const next = expected === undefined ? '' : ` ${expected} was expected next.`;
  return { cause: `The statement ends too early, after ${last.text}.${next}`, range, suggestions: [] };
}

function withoutWhere(tokens: readonly Token[], last: Token): ErrorHelp {
  const verb = tokens[0]?.text.toUpperCase() ?? '';
  const all = verb === 'DELETE' ? ' TRUNCATE removes all rows of a table.' : '';
  return {
    cause: `${verb} needs a WHERE that names the row by its key: Cassandra changes no table as a whole.${all}`,
    range: rangeOf(last),
    suggestions: [],
  };
}

/** Statements of data that SQL writes a little differently. */
export function nearlyCql({ statement, tokens, table, tableName }: Parts): ErrorHelp | null {
  const [first, second] = tokens;
  if (first === undefined || second === undefined) return null;
  if (isWord(first, 'DELETE') && isSymbol(second, '*')) {
    const edits = [replaceRange(statement, { from: second.start, to: second.end + 1 }, '')];
    const cause = 'DELETE removes whole rows unless columns are named, so it takes no *.';
    return { cause, range: rangeOf(second), suggestions: [{ label: 'Remove the *', edits }] };
  }
  const missing = isWord(first, 'DELETE') ? 'FROM' : isWord(first, 'INSERT') ? 'INTO' : null;
  if (missing !== null && wordsAt(tokens, missing) < 0) {
    const edits = [insertAt(second.start, `${missing} `)];
    const cause = `${missing} is missing before the table’s name.`;
    return { cause, range: rangeOf(second), suggestions: [{ label: `Add ${missing}`, edits }] };
  }
  const name = tableName.at(-1);
  const values = tokens.findIndex((token) => isWord(token, 'VALUES'));
  if (!isWord(first, 'INSERT') || name === undefined || tokens[values - 1] !== name) return null;
  const columns = (table?.columns ?? []).map((column) => quoteIdentifier(column.name));
  const count = countValues(tokens.slice(values + 1));
  const list = `(${columns.slice(0, count).join(', ')})`;
  return {
    cause: 'INSERT names its columns: they stand in brackets after the table.',
    range: rangeOf(name),
    suggestions: columns.length < count ? [] : [{ label: `Add ${list}`, edits: [insertAt(name.end, ` ${list}`)] }],
  };
}

/** The values in the first bracket. */
function countValues(tokens: readonly Token[]): number {
  let [depth, count] = [0, 1];
  for (const token of tokens) {
    if (isSymbol(token, '(', '[', '{')) depth++;
    if (isSymbol(token, ')', ']', '}')) depth--;
    if (depth === 0) break;
    if (depth === 1 && isSymbol(token, ',')) count++;
  }
  return count;
}
