import { quoteIdentifier } from '../identifiers';
import type { Token } from '../lexer';
import { type Edit, type ErrorHelp, rangeOf, replaceRange } from './help';
import { type Given, isSymbol, isWord, nameOf, type Parts, wordsAt } from './parts';

/** What SQL has and CQL does not, and what to do instead. */
const ABSENT: readonly (readonly [words: readonly string[], cause: string])[] = [
  [['JOIN'], 'CQL has no JOIN: a statement reads one table. Read both, or keep a table that has what you look for.'],
  [['UNION'], 'CQL has no UNION: run the statements one after another.'],
  [['HAVING'], 'CQL has no HAVING: groups cannot be filtered.'],
  [['EXCEPT'], 'CQL has no EXCEPT.'],
  [['INTERSECT'], 'CQL has no INTERSECT.'],
  [['CASE', 'WHEN'], 'CQL has no CASE: values are chosen by the program that reads them.'],
  [['TOP'], 'CQL has no TOP: write LIMIT at the end.'],
];

export function absentFromCql(parts: Parts): ErrorHelp | null {
  const { tokens } = parts;
  for (const [words, cause] of ABSENT) {
    const at = wordsAt(tokens, ...words);
    const [first, last] = [tokens[at], tokens[at + words.length - 1]];
    // A column may be called so.
    if (at <= 0 || first === undefined || isSymbol(tokens[at + 1], ',', '.', '=') || isSymbol(tokens[at - 1], ',', '.'))
      continue;
    return { cause, range: rangeOf(first, last), suggestions: [] };
  }
  return subquery(tokens) ?? offset(parts);
}

function subquery(tokens: readonly Token[]): ErrorHelp | null {
  const at = tokens.findIndex((token, index) => isSymbol(token, '(') && isWord(tokens[index + 1], 'SELECT'));
  const select = tokens[at + 1];
  if (at < 0 || select === undefined) return null;
  const cause =
    'CQL has no statement inside another. Run the inner one first, and write its values into the outer one.';
  return { cause, range: rangeOf(select), suggestions: [] };
}

/** `LIMIT 10 OFFSET 20`, `LIMIT 10, 20`. */
function offset({ statement, tokens }: Parts): ErrorHelp | null {
  const limit = tokens.findIndex((token) => isWord(token, 'LIMIT'));
  const at = tokens.findIndex((token, index) => index > limit && (isWord(token, 'OFFSET') || isSymbol(token, ',')));
  const [first, last, before] = [tokens[at], tokens[at + 1], tokens[at - 1]];
  if (limit < 0 || first === undefined || last?.kind !== 'number' || before === undefined) return null;
  const edits = [replaceRange(statement, { from: before.end, to: last.end }, '')];
  return {
    cause: 'CQL cannot skip rows. Rows come page by page: scroll the result to read on.',
    range: rangeOf(first, last),
    suggestions: [{ label: 'Remove the offset', edits }],
  };
}

/** `FROM airports a`, with `a.name` elsewhere. */
export function alias({ statement, tokens, tableName }: Parts): ErrorHelp | null {
  if (!isWord(tokens[0], 'SELECT', 'INSERT', 'UPDATE', 'DELETE')) return null;
  const name = tableName.at(-1);
  const at = name === undefined ? -1 : tokens.indexOf(name);
  const hasAs = isWord(tokens[at + 1], 'AS');
  const token = tokens[at + (hasAs ? 2 : 1)];
  const isClause = isWord(token, 'WHERE', 'GROUP', 'ORDER', 'LIMIT', 'PER', 'ALLOW', 'USING', 'SET', 'VALUES');
  if (at < 0 || name === undefined || token === undefined || nameOf(token) === undefined || isClause) return null;
  const edits: Edit[] = tokens.flatMap((one, index) => {
    const dot = tokens[index + 1];
    if (one === token) return [replaceRange(statement, { from: name.end, to: token.end }, '')];
    const isPrefix = dot !== undefined && isSymbol(dot, '.') && nameOf(one) === nameOf(token);
    return isPrefix ? [replaceRange(statement, rangeOf(one, dot), '')] : [];
  });
  return {
    cause: `CQL has no short names for tables. A statement reads one table, so its columns need none.`,
    range: rangeOf(hasAs ? (tokens[at + 1] ?? token) : token, token),
    suggestions: [{ label: `Remove ${token.text}`, edits }],
  };
}

/** Conditions joined by OR: of one column it is an IN. */
export function orCondition({ statement, tokens, given }: Parts): ErrorHelp | null {
  const at = tokens.findIndex((token) => isWord(token, 'OR'));
  const or = tokens[at];
  if (or === undefined || isWord(tokens[at + 1], 'REPLACE')) return null;
  const cause = 'CQL has no OR: all conditions of a WHERE must hold.';
  const range = rangeOf(or);
  const where = given.filter(({ clause }) => clause === 'where');
  const same = where.filter(
    ({ column }) =>
      column !== null && column === where.find(({ tokens: part }) => part.at(-1) === tokens[at - 1])?.column,
  );
  const [first, last] = [same[0], same.at(-1)];
  const isList = same.length > 1 && same.every(({ operator, value }) => operator === '=' && value.length > 0);
  const joined = tokens.filter((token) => isWord(token, 'OR')).length === same.length - 1;
  if (!isList || !joined || first === undefined || last === undefined) {
    return { cause, advice: 'Run one statement for each side.', range, suggestions: [] };
  }
  const values = same.map(({ value }) => textOf(statement, value)).join(', ');
  const span = { from: first.tokens[0]?.start ?? 0, to: last.tokens.at(-1)?.end ?? 0 };
  const replacement = `${textOf(statement, first.tokens.slice(0, 1))} IN (${values})`;
  const edits = [replaceRange(statement, span, replacement)];
  return {
    cause: `${cause} Several values of one column are an IN.`,
    range,
    suggestions: [{ label: `Use ${replacement}`, edits }],
  };
}

function textOf(statement: string, tokens: readonly Token[]): string {
  return statement.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0);
}

/** `IN 'SEA'`, `IN ['SEA', 'PDX']`. */
export function inWithoutBrackets({ statement, given }: Parts): ErrorHelp | null {
  const wrong = given.find(
    ({ operator, value }) =>
      operator === 'IN' && value.length > 0 && !isSymbol(value[0], '(') && value[0]?.kind !== 'bind',
  );
  const [first, last] = [wrong?.value[0], wrong?.value.at(-1)];
  if (first === undefined || last === undefined) return null;
  const inner =
    isSymbol(first, '[', '{') && isSymbol(last, ']', '}') ? { from: first.end, to: last.start } : rangeOf(first, last);
  const list = `(${statement.slice(inner.from, inner.to)})`;
  return {
    cause: 'The values of IN stand in round brackets, even a single one.',
    range: rangeOf(first, last),
    suggestions: [{ label: `Use IN ${list}`, edits: [replaceRange(statement, rangeOf(first, last), list)] }],
  };
}

/** `'SEA' = iata`. */
export function swappedSides({ statement, given }: Parts): ErrorHelp | null {
  const found = given.find(({ column, operator, value }) => {
    return column === null && operator === '=' && value.length === 1 && nameOf(value[0]) !== undefined;
  });
  const [first, last] = [found?.tokens[0], found?.value[0]];
  if (first === undefined || last === undefined) return null;
  const meant = `${last.text} = ${first.text}`;
  const edits = [replaceRange(statement, rangeOf(first, last), meant)];
  const range = rangeOf(first, last);
  return { cause: 'The column stands before the value.', range, suggestions: [{ label: `Use ${meant}`, edits }] };
}

/** `day BETWEEN a AND b`, which CQL has from 5.1 on. */
export function between({ statement, given }: Parts): ErrorHelp | null {
  const found = given.find(({ operator, column }) => operator === 'BETWEEN' && column !== null);
  const and = found?.value.findIndex((token) => isWord(token, 'AND')) ?? -1;
  const [name, last] = [found?.tokens[0], found?.tokens.at(-1)];
  if (found === undefined || name === undefined || last === undefined || and < 1) return null;
  const [low, high] = [found.value.slice(0, and), found.value.slice(and + 1)];
  const range = `${name.text} >= ${textOf(statement, low)} AND ${name.text} <= ${textOf(statement, high)}`;
  return {
    cause: 'This release of Cassandra has no BETWEEN. Two conditions say the same.',
    range: rangeOf(found.tokens[1] ?? name),
    suggestions: [{ label: `Use ${range}`, edits: [replaceRange(statement, rangeOf(name, last), range)] }],
  };
}

/** `!=`, `<>`, `NOT x = y`, `IS NULL`: Cassandra finds rows by what they have, not by what they lack. */
export function negation(parts: Parts): ErrorHelp | null {
  const found = parts.given.find(({ clause, operator, tokens }) => {
    return clause === 'where' && (/^(!=|<>|IS|NOT)/.test(operator) || isWord(tokens[0], 'NOT'));
  });
  if (found === undefined) return null;
  const cause = found.operator.startsWith('IS') ? NO_NULLS : NO_DIFFERENCES;
  return withoutCondition(parts, found, cause);
}

const NO_DIFFERENCES = 'Cassandra cannot search for what differs: a WHERE says what a row has, not what it lacks.';

/** Why no condition finds a null. */
export const NO_NULLS = 'Cassandra cannot search for null: a column without a value is not stored.';

/** Help whose suggestion is to leave a condition out. */
export function withoutCondition({ statement, tokens, given }: Parts, wrong: Given, cause: string): ErrorHelp {
  const [first, last] = [wrong.tokens[0], wrong.tokens.at(-1)];
  if (first === undefined || last === undefined) return { cause, range: null, suggestions: [] };
  const range = rangeOf(first, last);
  const [from, to] = [tokens.indexOf(first), tokens.indexOf(last)];
  // Without a condition a change would be of the whole table.
  if (!isWord(tokens[0], 'SELECT') || from < 2) return { cause, range, suggestions: [] };
  const isFirst = isWord(tokens[from - 1], 'WHERE');
  const others = given.filter(({ clause }) => clause === 'where').length - 1;
  // The WHERE goes with its only condition, else the AND after the first one or before another.
  const span =
    isFirst && others > 0
      ? { from: first.start, to: tokens[to + 2]?.start ?? last.end }
      : { from: tokens[from - 2]?.end ?? first.start, to: last.end };
  return {
    cause,
    range,
    suggestions: [{ label: 'Remove this condition', edits: [replaceRange(statement, span, '')] }],
  };
}

/** `COUNT(DISTINCT x)`. */
export function countDistinct({ statement, tokens, table }: Parts): ErrorHelp | null {
  const at = wordsAt(tokens, 'COUNT');
  const distinct = tokens[at + 2];
  if (at < 0 || !isSymbol(tokens[at + 1], '(') || !isWord(distinct, 'DISTINCT') || distinct === undefined) return null;
  const key = (table?.columns ?? []).filter(({ kind }) => kind === 'partition_key').map(({ name }) => name);
  const close = tokens.findIndex((token, index) => index > at && isSymbol(token, ')'));
  const named = tokens.slice(at + 3, close).flatMap((token) => nameOf(token) ?? []);
  const isKey = key.length > 0 && key.length === named.length && key.every((name) => named.includes(name));
  const [first, last] = [tokens[at], tokens[close]];
  const cause = 'CQL counts rows, not different values.';
  const range = rangeOf(distinct);
  if (!isKey || first === undefined || last === undefined || at !== 1) return { cause, range, suggestions: [] };
  const list = `DISTINCT ${key.map(quoteIdentifier).join(', ')}`;
  return {
    cause: `${cause} It can list the different partition keys.`,
    range,
    suggestions: [{ label: `Use ${list}`, edits: [replaceRange(statement, rangeOf(first, last), list)] }],
  };
}

/** The clauses of a SELECT in the grammar's fixed order. */
const ORDER: readonly (readonly string[])[] = [
  ['WHERE'],
  ['GROUP', 'BY'],
  ['ORDER', 'BY'],
  ['PER', 'PARTITION', 'LIMIT'],
  ['LIMIT'],
  ['ALLOW', 'FILTERING'],
];

/** `LIMIT 5 ORDER BY …`: clauses that are all there, in another order. */
export function clauseOrder({ statement, tokens }: Parts): ErrorHelp | null {
  if (!isWord(tokens[0], 'SELECT')) return null;
  const found = ORDER.flatMap((words, rank) => {
    const at =
      words[0] === 'LIMIT'
        ? tokens.findIndex((token, index) => isWord(token, 'LIMIT') && !isWord(tokens[index - 1], 'PARTITION'))
        : wordsAt(tokens, ...words);
    const token = tokens[at];
    return at > 0 && token !== undefined ? [{ words, rank, at, token }] : [];
  }).toSorted((one, other) => one.at - other.at);
  const wrong = found.find(({ rank }, index) => rank < (found[index - 1]?.rank ?? rank));
  const [first] = found;
  if (wrong === undefined || first === undefined) return null;
  const end = tokens.at(-1)?.end ?? statement.length;
  const pieces = found.map(({ rank, at }, index) => ({
    rank,
    text: textOf(statement, tokens.slice(at, found[index + 1]?.at)),
  }));
  const sorted = pieces
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ text }) => text)
    .join(' ');
  const before = found[found.indexOf(wrong) - 1];
  return {
    cause: `${wrong.words.join(' ')} comes before ${before?.words.join(' ') ?? ''}.`,
    range: rangeOf(wrong.token, tokens[wrong.at + wrong.words.length - 1]),
    suggestions: [
      {
        label: 'Put the clauses in order',
        edits: [replaceRange(statement, { from: first.token.start, to: end }, sorted)],
      },
    ],
  };
}
