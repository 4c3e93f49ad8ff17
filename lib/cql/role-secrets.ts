import type { Token } from './lexer';
import { readSchemaTarget } from './statement-target';
import { TokenReader } from './token-reader';

/** Keys of a role's options whose value is a secret, as authenticators name them. */
export const SECRET_KEY = /password|secret|token|credential/i;

/** The secrets of a statement that makes or changes a role. */
export interface RoleSecrets {
  /** A string each. */
  readonly secrets: readonly Token[];
  /** From here to the end of the statement nothing is understood, so that a password may be anywhere in it. */
  readonly unclear: readonly Token[];
}

/** `CREATE ROLE`, `ALTER USER` …, whichever `readSchemaTarget` reads so. */
const ROLE_VERB = /^(?:CREATE|ALTER) (?:ROLE|USER)$/;

/** All words that may follow the name, besides those of passwords: Cassandra's, and NOSUPERUSER of users. */
const OPTION_WORDS: ReadonlySet<string> = new Set(
  'WITH AND LOGIN SUPERUSER NOSUPERUSER TRUE FALSE OPTIONS ACCESS TO FROM ALL ANY DATACENTERS CIDRS'.split(' '),
);

/** Kinds of tokens in the braces of OPTIONS and ACCESS. */
const CONSTANTS: ReadonlySet<Token['kind']> = new Set(['string', 'number', 'uuid', 'blob', 'duration']);

/**
 * The secrets among the significant tokens of one statement: what follows PASSWORD, and secret values of OPTIONS. Only what
 * begins as CREATE or ALTER of a ROLE or USER has any, wherever it begins: the `;` before it may be missing.
 * @returns null if nothing begins so
 */
export function roleSecrets(tokens: readonly Token[]): RoleSecrets | null {
  const start = tokens.findIndex((_, index) => beginsRole(tokens, index));
  if (start < 0) return null;
  const reader = new TokenReader(tokens.slice(start));
  const { verb, target } = readSchemaTarget(reader);
  if (!ROLE_VERB.test(verb) || target === null) {
    // What is left must not run: it would make a role of the name that stands for the rest.
    return { secrets: [], unclear: reader.done ? [] : reader.tokens.slice(1) };
  }
  const secrets: Token[] = [];
  while (!reader.done) {
    if (!takeOption(reader, secrets)) return { secrets, unclear: reader.tokens.slice(reader.at) };
  }
  return { secrets, unclear: [] };
}

/** Both words are reserved or alone in no other statement, so this is never a column or a table. */
function beginsRole(tokens: readonly Token[], index: number): boolean {
  const [first, second] = [wordOf(tokens[index]), wordOf(tokens[index + 1])];
  return (first === 'CREATE' || first === 'ALTER') && (second === 'ROLE' || second === 'USER');
}

function wordOf(token: Token | undefined): string | undefined {
  return token?.kind === 'word' ? token.text.toUpperCase() : undefined;
}

/** Takes a word, sign or value of an option; false at what Cassandra would not understand either. */
function takeOption(reader: TokenReader, secrets: Token[]): boolean {
  if (reader.takeWords('GENERATED', 'PASSWORD')) return true;
  // SALTED HASH is ScyllaDB's.
  if (reader.takeWords('PASSWORD') || reader.takeWords('HASHED', 'PASSWORD') || reader.takeWords('SALTED', 'HASH')) {
    reader.takeSymbol('=');
    return reader.done || takeSecret(reader, secrets);
  }
  if (reader.takeSymbol('{')) return takeBraces(reader, secrets);
  if (!reader.seesSymbol('=') && !OPTION_WORDS.has(reader.word() ?? '')) return false;
  reader.at++;
  return true;
}

function takeSecret(reader: TokenReader, secrets: Token[]): boolean {
  const token = reader.peek();
  if (token === undefined || !isText(token)) return false;
  secrets.push(token);
  reader.at++;
  return true;
}

function takeBraces(reader: TokenReader, secrets: Token[]): boolean {
  while (!reader.done && !reader.takeSymbol('}')) {
    const token = reader.peek();
    const isValue = token !== undefined && CONSTANTS.has(token.kind);
    const isSign = reader.seesSymbol(',') || reader.seesSymbol(':');
    if (!isValue && !isSign && !reader.sees('TRUE') && !reader.sees('FALSE')) return false;
    reader.at++;
    const isSecret = token?.kind === 'string' && SECRET_KEY.test(token.text) && reader.takeSymbol(':');
    if (isSecret && !reader.done && !takeSecret(reader, secrets)) return false;
  }
  return true;
}

/** A string, or the rest of the text after a quote that nothing closes. */
export function isText({ kind, text }: Token): boolean {
  return kind === 'string' || (kind === 'error' && /^['"$]/.test(text)) || kind === 'quoted';
}
