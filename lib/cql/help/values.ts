import type { Token } from '../lexer';
import { quoteString } from '../literals';
import { type ErrorHelp, rangeOf, replaceRange, type Suggestion } from './help';
import type { Parts } from './parts';
import { datesMeant } from './times';
import { isQuotedType, typeOf } from './unquoted';

/** `Invalid STRING constant (12) for "delay" of type int`, 4.0 to 5.0. */
const WRONG_CONSTANT = /Invalid (\w+) constant \((.*)\) for "(.+)" of type (.+?)\.?$/s;
const WRONG_TIME = /(?:Unable to coerce|Unable to parse a date\/time from|unable to coerce) '(.*?)'/s;

/** A value of another type than its column. */
export function wrongConstant(parts: Parts): ErrorHelp | null {
  const found = WRONG_CONSTANT.exec(parts.said);
  if (found === null) return null;
  const [, , text = '', column = '', type = ''] = found;
  const token = tokenOf(parts, text, column);
  const cause = `${column} has the type ${type}, and ${token?.text ?? text} is no value of it.`;
  if (token === undefined) return { cause, range: null, suggestions: [] };
  const meant = literalOf(text, token, type);
  const range = rangeOf(token);
  const advice = meant === null ? exampleOf(type) : undefined;
  return {
    cause:
      meant === null
        ? cause
        : `${cause} ${token.kind === 'string' ? 'It is written without quotes.' : 'It is written in single quotes.'}`,
    ...(advice === undefined ? {} : { advice }),
    range,
    suggestions:
      meant === null ? [] : [{ label: `Use ${meant}`, edits: [replaceRange(parts.statement, range, meant)] }],
  };
}

/** The value that the server speaks of: it writes a string without its quotes. */
function tokenOf({ tokens, given }: Parts, text: string, column: string): Token | undefined {
  const isIt = (token: Token) => token.text === text || (token.kind === 'string' && token.text === quoteString(text));
  const own = given.find((one) => one.column === column && one.value.some(isIt));
  return own?.value.find(isIt) ?? tokens.find(isIt);
}

const NUMBERS = /^(tinyint|smallint|int|bigint|varint|counter|float|double|decimal)$/;
const WHOLE_NUMBERS = /^(tinyint|smallint|int|bigint|varint|counter)$/;

/** The same value as a literal of the type; null where that takes a person. */
function literalOf(text: string, token: Token, type: string): string | null {
  if (isQuotedType(type)) return token.kind === 'string' ? null : quoteString(token.text);
  if (token.kind !== 'string') return null;
  if (WHOLE_NUMBERS.test(type)) return /^-?\d+$/.test(text) ? text : null;
  if (NUMBERS.test(type)) return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? text : null;
  if (type === 'boolean') return /^(true|false)$/i.test(text) ? text.toLowerCase() : null;
  if (type === 'blob') return /^0x[0-9a-f]*$/i.test(text) ? text : null;
  const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
  return (type === 'uuid' || type === 'timeuuid') && isUuid ? text : null;
}

const EXAMPLES: Readonly<Record<string, string>> = {
  boolean: 'Write true or false.',
  blob: 'Write bytes as 0x and hexadecimal digits: 0x00ff.',
  uuid: 'Write 123e4567-e89b-42d3-a456-426614174000 without quotes, or uuid() for a new one.',
  timeuuid: 'Write it without quotes, or now() for a new one.',
  duration: 'Write 1h30m or 2d, without quotes.',
};

function exampleOf(type: string): string | undefined {
  if (EXAMPLES[type] !== undefined) return EXAMPLES[type];
  if (WHOLE_NUMBERS.test(type)) return 'Write a whole number.';
  return NUMBERS.test(type) ? 'Write a number.' : undefined;
}

/** A date or time in a form that Cassandra does not read. */
export function wrongTime(parts: Parts): ErrorHelp | null {
  const text = WRONG_TIME.exec(parts.said)?.[1];
  if (text === undefined) return null;
  const token = parts.tokens.find((one) => one.kind === 'string' && one.text === quoteString(text));
  const own = parts.given.find(({ value }) => token !== undefined && value.includes(token));
  const isDate = typeOf(parts, own?.column ?? null) === 'date' || /formatted date/.test(parts.said);
  const isTime = /formatted time/.test(parts.said);
  const cause = `'${text}' is not in a form that Cassandra reads.`;
  const advice = isTime
    ? "Write a time of day as '06:10:00.000'."
    : isDate
      ? "Write a date as '2001-01-09': year, month, day."
      : "Write a time as '2001-01-09T06:10:00Z'; without a zone the server's own is meant.";
  if (token === undefined) return { cause, advice, range: null, suggestions: [] };
  const meant = isTime ? [] : datesMeant(text, isDate);
  const suggestions = meant.map(({ written, words }): Suggestion => {
    const literal = quoteString(written);
    const label = meant.length === 1 ? `Use ${literal}` : `Use ${literal} (${words})`;
    return { label, edits: [replaceRange(parts.statement, rangeOf(token), literal)] };
  });
  return { cause, advice, range: rangeOf(token), suggestions };
}
