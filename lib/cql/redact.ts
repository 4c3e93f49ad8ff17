import { isSignificant, type Token, type TokenKind, tokenize } from './lexer';
import { isText, roleSecrets, SECRET_KEY } from './role-secrets';
import { splitScript } from './splitter';
import { startsStatement } from './statement-start';

/** Takes the place of a password: a string, so that the statement still reads as one. */
const REDACTED = "'•••'";

export interface Redacted {
  readonly text: string;
  /** Something was taken out. */
  readonly isRedacted: boolean;
}

/**
 * A text of statements without the passwords of roles, those of `CREATE` and `ALTER` `ROLE` and `USER`: `PASSWORD = '…'`,
 * `HASHED PASSWORD '…'`, secrets among `OPTIONS`. What of such a statement is not understood is taken out to its end. A text
 * that begins as no statement of CQL loses each string after the word PASSWORD: a typing error has the same password. So do
 * comments of a text with the word ROLE or USER. Whatever else is named password, such as a column, stays. Whatever
 * keeps the text of a statement keeps this.
 */
export function withoutPasswords(statement: string): Redacted {
  // Most texts have none of these words, and drafts are kept at every pause in typing.
  if (!MAY_HOLD_SECRETS.test(statement)) return { text: statement, isRedacted: false };
  const tokens = tokenize(statement);
  const places = [...commentedSecrets(statement, tokens), ...statedSecrets(statement, tokens)];
  places.sort((one, other) => one.start - other.start);
  let [text, at] = ['', 0];
  for (const { start, end } of places) {
    // A comment may stand within what was not understood.
    if (start < at) continue;
    // Two strings side by side would read as one with a quote in it.
    if (start > at || at === 0) text += `${statement.slice(at, start)}${REDACTED}`;
    at = end;
  }
  text += statement.slice(at);
  return { text, isRedacted: text !== statement };
}

/** Whether a password of the statement was left out when it was kept: it cannot run as it is. */
export function lacksPassword(statement: string): boolean {
  if (!statement.includes(REDACTED)) return false;
  return statedSecrets(statement, tokenize(statement)).some(
    ({ start, end }) => statement.slice(start, end) === REDACTED,
  );
}

/** Whether a comment has a password: such a text must not be kept whole, although it could run. */
export function hasCommentedPassword(statement: string): boolean {
  return commentedSecrets(statement, tokenize(statement)).some(
    ({ start, end }) => statement.slice(start, end) !== REDACTED,
  );
}

/** In comments CREATE and ALTER may be misspelt or on another line. */
const MENTIONS_ROLE = /\b(?:role|user)\b/i;
const MAY_HOLD_SECRETS = new RegExp(`${SECRET_KEY.source}|${MENTIONS_ROLE.source}`, 'i');

interface Place {
  readonly start: number;
  readonly end: number;
}

/** The secrets of all statements, outside comments. */
function statedSecrets(text: string, tokens: readonly Token[]): readonly Place[] {
  return statementsOf(text, tokens).flatMap((statement): readonly Place[] => {
    const found = roleSecrets(statement);
    if (found === null) return startsStatement(statement) ? [] : secretsOf(statement);
    const [first, last] = [found.unclear[0], found.unclear.at(-1)];
    if (first === undefined || last === undefined) return found.secrets;
    return [...found.secrets, { start: first.start, end: last.end }];
  });
}

/** The significant tokens of each statement of a script. */
function statementsOf(text: string, tokens: readonly Token[]): readonly (readonly Token[])[] {
  let at = 0;
  return splitScript(text).map(({ end }) => {
    const from = at;
    while ((tokens[at]?.end ?? Number.POSITIVE_INFINITY) <= end) at++;
    const own = tokens.slice(from, at).filter(isSignificant);
    return own[0]?.text === ';' ? own.slice(1) : own;
  });
}

/** Those in comments, which may hold a statement that somebody does not want to run now. */
function commentedSecrets(text: string, tokens: readonly Token[]): readonly Place[] {
  if (!SECRET_KEY.test(text) || !MENTIONS_ROLE.test(text)) return [];
  return tokens.flatMap((token) => (isComment(token) ? secretsOfComment(token) : []));
}

function isComment({ kind, text }: Token): boolean {
  return kind === 'comment' || (kind === 'error' && text.startsWith('/*'));
}

function secretsOfComment({ kind, text, start: from }: Token): readonly Place[] {
  const end = text.length - (text.startsWith('/*') && kind === 'comment' ? '*/'.length : 0);
  // Comments in comments are one.
  const tokens = tokenize(text.slice(0, end).replace(/--|\/\/|\/\*/g, '  '));
  const secrets = new Set(secretsOf(tokens.filter(isSignificant)));
  // “The password's length” has an apostrophe.
  const isSecret = (token: Token, index: number) =>
    secrets.has(token) && !(tokens[index - 1]?.kind === 'word' && /^'s\s/.test(token.text));
  return tokens.filter(isSecret).map((token) => ({ start: from + token.start, end: from + token.end }));
}

/** What stands for a value, and what may repeat one. An error can be a value that has no end. */
const LITERALS: ReadonlySet<TokenKind> = new Set(['string', 'number', 'duration', 'uuid', 'blob', 'comment', 'error']);

/**
 * A statement without its values: every literal and comment gives way to `'•••'`, passwords among them. Names, bind markers
 * and keywords stay, so that it still says what was done to which table.
 */
export function withoutLiterals(statement: string): string {
  const tokens = tokenize(withoutPasswords(statement).text);
  const text = tokens.map(({ kind, text }) => (LITERALS.has(kind) ? literalOf(kind) : text)).join('');
  // What is no CQL, such as a bare date, is several of them.
  return text.replace(/('•••'){2,}/g, REDACTED);
}

function literalOf(kind: TokenKind): string {
  return kind === 'comment' ? '/* ••• */' : REDACTED;
}

/** Every string after the word PASSWORD or a secret key, whatever surrounds it. */
function secretsOf(tokens: readonly Token[]): readonly Token[] {
  return tokens.filter((token, index) => {
    if (!isText(token)) return false;
    const sign = tokens[index - 1];
    const before = sign?.kind === 'operator' ? tokens[index - 2] : sign;
    if (sign?.text === ':') return before?.kind === 'string' && SECRET_KEY.test(before.text);
    return (sign === before || sign?.text === '=') && before?.kind === 'word' && isPasswordWord(before.text);
  });
}

function isPasswordWord(word: string): boolean {
  return word.toUpperCase() === 'PASSWORD';
}
