import type { Token } from '../lexer';
import { quoteString } from '../literals';
import { type ErrorHelp, rangeOf, replaceRange, type TextRange } from './help';
import { type Given, isSymbol, isWord, nameOf, type Parts } from './parts';

/** Types whose values are written in single quotes. */
const QUOTED: ReadonlySet<string> = new Set(['text', 'varchar', 'ascii', 'date', 'time', 'timestamp', 'inet']);
/** Words that are values as they stand. */
const CONSTANTS = ['TRUE', 'FALSE', 'NULL', 'NAN', 'INFINITY'];

export function isQuotedType(type: string): boolean {
  return QUOTED.has(type);
}

export function typeOf({ table }: Parts, column: string | null): string | undefined {
  return table?.columns.find(({ name }) => name === column)?.type;
}

/** A value that was written as a name: without quotes, or in double ones. */
interface Unquoted {
  readonly given: Given;
  readonly range: TextRange;
  /** What the value was meant to be. */
  readonly text: string;
  readonly isDoubleQuoted: boolean;
}

/** `iata = SEA`, `iata = "SEA"`, `day = 2001-01-09`: text and times take single quotes. */
export function unquotedValues(parts: Parts): ErrorHelp | null {
  const found = parts.given.flatMap((given) => valuesOf(given).flatMap((value) => unquoted(parts, given, value)));
  const [first] = found;
  if (first === undefined) return null;
  const type = typeOf(parts, first.given.column);
  if (type === 'boolean') return wrongBoolean(parts, first);
  if (isColumn(parts, first)) return columnAsValue(parts, first);
  if (type !== undefined && !QUOTED.has(type)) return notOfType(parts, first, type);
  const fixable = found.filter(({ given, range }) => {
    const other = typeOf(parts, given.column);
    return range === first.range || other === undefined || QUOTED.has(other);
  });
  const literals = fixable.map(({ text }) => quoteString(text));
  return {
    cause: causeOf(parts, first, type),
    range: first.range,
    suggestions: [
      {
        label: `Use ${literals.length > 2 ? `${literals[0]} and ${literals.length - 1} more` : literals.join(' and ')}`,
        edits: fixable.map(({ range, text }) => replaceRange(parts.statement, range, quoteString(text))),
      },
    ],
  };
}

function causeOf({ statement }: Parts, { range, isDoubleQuoted }: Unquoted, type: string | undefined): string {
  const written = statement.slice(range.from, range.to);
  if (isDoubleQuoted) return `Double quotes are for names, so ${written} is read as a name. Values take single quotes.`;
  const what = type === undefined ? 'Text, dates and times take' : `Values of type ${type} take`;
  return `${written} has no quotes, so Cassandra does not read it as a value. ${what} single quotes.`;
}

/** An IN has several values. */
function valuesOf({ operator, value }: Given): (readonly Token[])[] {
  if (!operator.endsWith('IN') || !isSymbol(value[0], '(')) return [value];
  const lists: Token[][] = [[]];
  for (const token of value.slice(1, isSymbol(value.at(-1), ')') ? -1 : undefined)) {
    if (isSymbol(token, ',')) lists.push([]);
    else lists.at(-1)?.push(token);
  }
  return lists;
}

function unquoted({ statement }: Parts, given: Given, value: readonly Token[]): Unquoted[] {
  const [first, last] = [value[0], value.at(-1)];
  if (first === undefined || last === undefined || !looksMeant(value)) return [];
  const range = rangeOf(first, last);
  const isDoubleQuoted = value.length === 1 && first.kind === 'quoted';
  const text = isDoubleQuoted ? (nameOf(first) ?? '') : statement.slice(range.from, range.to);
  return [{ given, range, text, isDoubleQuoted }];
}

function looksMeant(value: readonly Token[]): boolean {
  const [first, second] = value;
  const isPlain = value.every(({ kind, text }) => PLAIN.has(kind) || (kind === 'operator' && '-:/.+'.includes(text)));
  if (!isPlain || first === undefined) return false;
  if (first.kind === 'quoted') return value.length === 1;
  if (first.kind === 'word') return !isWord(first, ...CONSTANTS) || second !== undefined;
  // 2001-01-09 and 06:10:00 are several numbers without a space.
  return value.length > 1 && value.every(({ end }, at) => value[at + 1] === undefined || value[at + 1]?.start === end);
}

const PLAIN: ReadonlySet<string> = new Set(['word', 'quoted', 'number', 'duration', 'bind']);

function isColumn({ table }: Parts, { range, given, isDoubleQuoted }: Unquoted): boolean {
  const token = given.value.length === 1 ? given.value[0] : undefined;
  if (token === undefined || isDoubleQuoted || token.start !== range.from || token.kind !== 'word') return false;
  return table?.columns.some(({ name }) => name === nameOf(token)) ?? false;
}

function columnAsValue({ statement }: Parts, { range }: Unquoted): ErrorHelp {
  const written = statement.slice(range.from, range.to);
  return {
    cause: `${written} is a column. Cassandra compares a column with a value, never with another column.`,
    range,
    suggestions: [
      { label: `Use the text ${quoteString(written)}`, edits: [replaceRange(statement, range, quoteString(written))] },
    ],
  };
}

function wrongBoolean({ statement }: Parts, { range, text, given }: Unquoted): ErrorHelp {
  const isNo = /^(no|n|off|0|false)$/i.test(text);
  const value = isNo ? 'false' : 'true';
  return {
    cause: `${given.column} is a boolean: it is true or false, without quotes.`,
    range,
    suggestions: [{ label: `Use ${value}`, edits: [replaceRange(statement, range, value)] }],
  };
}

function notOfType({ statement }: Parts, { range, given }: Unquoted, type: string): ErrorHelp {
  const written = statement.slice(range.from, range.to);
  return {
    cause: `${given.column} has the type ${type}, and ${written} is not a value of it.`,
    range,
    suggestions: [],
  };
}
