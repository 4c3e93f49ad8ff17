import { isSignificant, type Token, type TokenKind, tokenize } from './lexer';

/** Takes the place of a password: a string, so that the statement still reads as one. */
const REDACTED = "'•••'";

/** Keys of a role's options whose value is a secret, as authenticators name them. */
const SECRET_KEY = /password|secret|token|credential/i;

export interface Redacted {
  readonly text: string;
  /** Something was taken out. */
  readonly isRedacted: boolean;
}

/**
 * A statement without its passwords: of `CREATE` and `ALTER` `ROLE` and `USER` (`PASSWORD = '…'`, `HASHED PASSWORD '…'`,
 * secrets among `OPTIONS`), in comments too. Every string after the word PASSWORD counts, whatever surrounds it: a statement
 * with a typing error holds the same password. A string without an end is taken out to the end of the text. Whatever keeps
 * the text of a statement keeps this.
 */
export function withoutPasswords(statement: string): Redacted {
  // Most texts have none of these words, and drafts are kept at every pause in typing.
  if (!SECRET_KEY.test(statement)) return { text: statement, isRedacted: false };
  const tokens = tokenize(statement);
  const secrets = new Set(secretsOf(tokens.filter(isSignificant)));
  const text = tokens.map((token) => (secrets.has(token) ? REDACTED : withoutCommented(token))).join('');
  return { text, isRedacted: text !== statement };
}

/** Whether a password of the statement was left out when it was kept: it cannot run as it is. */
export function lacksPassword(statement: string): boolean {
  if (!statement.includes(REDACTED)) return false;
  return secretsOf(tokenize(statement).filter(isSignificant)).some(({ text }) => text === REDACTED);
}

/** Whether a comment has a password: such a text must not be kept whole, although it could run. */
export function hasCommentedPassword(statement: string): boolean {
  return SECRET_KEY.test(statement) && tokenize(statement).some((token) => withoutCommented(token) !== token.text);
}

/** A comment may hold a statement that somebody does not want to run now. */
function withoutCommented({ kind, text }: Token): string {
  if (kind !== 'comment' && !(kind === 'error' && text.startsWith('/*'))) return text;
  const end = text.length - (text.startsWith('/*') && kind === 'comment' ? '*/'.length : 0);
  // Comments in comments are one.
  const tokens = tokenize(text.slice(0, end).replace(/--|\/\/|\/\*/g, '  '));
  const secrets = new Set(secretsOf(tokens.filter(isSignificant)));
  // “The password's length” has an apostrophe.
  const isSecret = (token: Token, index: number) =>
    secrets.has(token) && !(tokens[index - 1]?.kind === 'word' && /^'s\s/.test(token.text));
  const inner = tokens.map((token, index) => (isSecret(token, index) ? REDACTED : text.slice(token.start, token.end)));
  return inner.join('') + text.slice(end);
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

/** A string, or the rest of the text after a quote that nothing closes. */
function isText({ kind, text }: Token): boolean {
  return kind === 'string' || (kind === 'error' && /^['"$]/.test(text)) || kind === 'quoted';
}
