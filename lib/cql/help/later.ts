import { FUNCTIONS, olderSpelling } from '../cql-words';
import type { Token } from '../lexer';
import { INDEX_CLASSES, TABLE_OPTIONS } from '../options';
import { isSince } from '../release';
import { type ErrorHelp, rangeOf, replaceRange, type Suggestion, type TextRange } from './help';
import { isSymbol, isWord, nameOf, type Parts, wordsAt } from './parts';

/** What came with a later release than the cluster's. */
interface Later {
  readonly what: string;
  readonly since: string;
  readonly advice: string;
}

/** Words that the grammar takes only since a release (`Parser.g` of 4.0, 4.1 and 5.0). */
interface LaterWords extends Later {
  readonly words: readonly string[];
  /** A sign that must follow. */
  readonly sign?: string;
  /** The statement's first word, where the words mean something else in others. */
  readonly verb?: string;
  readonly remove?: boolean;
}

const WORDS: readonly LaterWords[] = [
  {
    words: ['ANN', 'OF'],
    what: 'Searching by vector (ANN OF)',
    since: '5.0',
    advice: 'Compare vectors in the program that reads them, or in a search engine.',
  },
  {
    words: ['VECTOR'],
    sign: '<',
    what: 'The type vector',
    since: '5.0',
    advice: 'A frozen<list<float>> keeps the same numbers, without a search.',
  },
  {
    words: ['MASKED', 'WITH'],
    what: 'Masking of columns',
    since: '5.0',
    advice: 'Leave it out, and decide with GRANT who reads the table.',
  },
  ...['UNMASK', 'SELECT_MASKED'].map(
    (permission): LaterWords => ({
      words: [permission],
      verb: 'GRANT',
      what: `The permission ${permission}`,
      since: '5.0',
      advice: 'No column is masked here: SELECT is enough.',
    }),
  ),
  {
    words: ['ACCESS', 'FROM'],
    what: 'Access by client address (ACCESS FROM)',
    since: '5.0',
    advice: 'Leave it out, and let a firewall decide.',
  },
  ...['IF EXISTS', 'IF NOT EXISTS'].map(
    (condition): LaterWords => ({
      words: condition.split(' '),
      verb: 'ALTER',
      what: `${condition} in ALTER`,
      since: '4.1',
      advice: 'Leave it out.',
      remove: true,
    }),
  ),
];

/** What the grammar of the cluster's release does not know yet. */
export function laterSyntax(parts: Parts): ErrorHelp | null {
  for (const one of WORDS) {
    const { words, sign, verb, remove } = one;
    const at = wordsAt(parts.tokens, ...words);
    const [first, last] = [parts.tokens[at], parts.tokens[at + words.length - 1]];
    if (first === undefined || last === undefined || (verb !== undefined && !isWord(parts.tokens[0], verb))) continue;
    const isSigned = sign === undefined || isSymbol(parts.tokens[at + words.length], sign);
    if (!isSigned || !stoppedNear(parts, at, words.length)) continue;
    const edits = [replaceRange(parts.statement, { from: first.start, to: beginOfNext(parts, at, words.length) }, '')];
    const suggestions = remove ? [{ label: `Remove ${words.join(' ')}`, edits }] : [];
    const help = laterHelp(parts, one, rangeOf(first, last), suggestions);
    if (help !== null) return help;
  }
  return null;
}

/** The grammar stops at the first word that it does not expect there: one of these, or the one after them. */
function stoppedNear({ tokens, stoppedAt }: Parts, at: number, count: number): boolean {
  return stoppedAt !== undefined && tokens.slice(at, at + count + 1).includes(stoppedAt);
}

function beginOfNext({ tokens, statement }: Parts, at: number, count: number): number {
  return tokens[at + count]?.start ?? statement.length;
}

type Name = { readonly name: string; readonly since?: string };

/** Names that the grammar takes and only a later release knows, by the words in which the server refuses them. */
const NAMES: readonly {
  readonly said: RegExp;
  readonly names: readonly Name[];
  readonly what: (name: string) => string;
  readonly advice: string;
}[] = [
  {
    said: /Unknown function '?(?:system\.)?([^'\s]+?)'?$/,
    names: FUNCTIONS.map(({ text, ...releases }) => ({ name: text.replace(/\(.*/, ''), ...releases })),
    what: (name) => `The function ${name}`,
    advice: 'Work on the values in the program that reads them.',
  },
  {
    said: /Unknown property '(.+)'/,
    names: TABLE_OPTIONS,
    what: (name) => `The option ${name}`,
    advice: 'Leave it out.',
  },
  {
    said: /Unable to find compaction strategy class '(?:\S+\.)?(\w+)'/,
    names: (TABLE_OPTIONS.find(({ name }) => name === 'compaction')?.keys ?? []).flatMap(({ values = [], since }) =>
      values.map((value) => ({ name: value.slice(1, -1), ...(since === undefined ? {} : { since }) })),
    ),
    what: (name) => name,
    advice: 'Use SizeTiered-, Leveled- or TimeWindowCompactionStrategy.',
  },
  {
    said: /(?:Unable to find custom indexer class|Cannot specify index class)/,
    names: INDEX_CLASSES.map(({ text, ...rest }) => ({ name: text.slice(1, -1), ...rest })),
    what: () => 'Storage-attached indexes (SAI)',
    advice: 'Leave USING out for an index of the older kind, or keep a second table by that column.',
  },
];

/** A function, an option or a class that the cluster's release does not have yet. */
export function laterName(parts: Parts): ErrorHelp | null {
  for (const { said, names, what, advice } of NAMES) {
    const match = said.exec(parts.said);
    if (match === null) continue;
    const [, refused] = match;
    const token = parts.tokens.find((one) => {
      const own = writtenName(one);
      return (refused === undefined || own === refused) && names.some(({ name }) => name === own);
    });
    const found = token && names.find(({ name }) => name === writtenName(token));
    if (token === undefined || found?.since === undefined) continue;
    const older = olderSpelling(found.name);
    const edits = older === undefined ? [] : [replaceRange(parts.statement, rangeOf(token), older)];
    const suggestions = older === undefined ? [] : [{ label: `Use ${older}`, edits }];
    return laterHelp(parts, { what: what(found.name), since: found.since, advice }, rangeOf(token), suggestions);
  }
  return null;
}

const writtenName = (token: Token) => (token.kind === 'string' ? token.text.slice(1, -1) : nameOf(token));

/** Null where the cluster's release has it, or is not known. */
function laterHelp(
  { release = null }: Parts,
  { what, since, advice }: Later,
  range: TextRange,
  suggestions: readonly Suggestion[],
): ErrorHelp | null {
  if (isSince(release, since) !== false) return null;
  return { cause: `${what} came with Cassandra ${since}; this cluster runs ${release}.`, advice, range, suggestions };
}
