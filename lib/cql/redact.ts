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
 * secrets among `OPTIONS`). Every string after the word PASSWORD counts, whatever surrounds it: a statement with a typing
 * error holds the same password. A string without an end is taken out to the end of the text.
 */
export function withoutPasswords(statement: string): Redacted {
  const tokens = tokenize(statement);
  const secrets = new Set(secretsOf(tokens.filter(isSignificant)));
  if (secrets.size === 0) return { text: statement, isRedacted: false };
  return { text: tokens.map((token) => (secrets.has(token) ? REDACTED : token.text)).join(''), isRedacted: true };
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
