import { type AskedVerb, tableLacks } from '@/lib/client/lacks';
import type { ClusterSummary } from '@/lib/contract/clusters';
import type { Keyspace } from '@/lib/contract/schema';
import type { Classification, StatementKind } from '@/lib/contract/statements';
import { classify } from '@/lib/cql/classifier';
import type { TextRange } from '@/lib/cql/help/help';
import { SHELL_COMMANDS } from '@/lib/cql/not-cql';
import { lacksPassword } from '@/lib/cql/redact';
import { splitScript } from '@/lib/cql/splitter';
import { isConfirmed, type StatementSpan } from './run';
import { type StrayFix, strayFix } from './stray-words';

/** The selection (empty: none) and the statement at the cursor. */
export interface EditorFocus {
  readonly selection: TextRange;
  readonly statement: { readonly text: string; readonly start: number } | null;
}

/** What Run would run now, or why it cannot. */
export type Runnable =
  | {
      readonly place: StatementSpan;
      readonly count: number;
      readonly blocked: null;
      /** The one statement is a command of cqlsh, which costs nothing. */
      readonly isCommand?: true;
    }
  | {
      readonly place: StatementSpan | null;
      readonly count: number;
      readonly blocked: string;
      /** Set where only pasted characters are in the way. */
      readonly fix?: StrayFix;
    };

/** Why nothing that writes runs on a cluster, as the beginning of a sentence; null: it may. */
export function noWritesOn(cluster: Pick<ClusterSummary, 'readOnly' | 'lacks'> | undefined): string | null {
  if (cluster?.readOnly) return 'This cluster is read-only';
  const mayWrite = WRITING.some((verb) => cluster?.lacks?.includes(verb) !== true);
  return mayWrite ? null : 'No role gives you write here';
}

/** The rights of statements that change something. */
const WRITING = ['write', 'ddl', 'admin'];

/**
 * The selection when there is one, else the statement at the cursor.
 * @param noWrites as {@link noWritesOn}
 */
export function runnableAt(text: string, focus: EditorFocus | null, noWrites: string | null): Runnable {
  const { from, to } = focus?.selection ?? { from: 0, to: 0 };
  const selected = text.slice(from, to);
  if (selected.trim() !== '') return checked(text, { text: selected, start: from }, noWrites);
  const statement = focus?.statement ?? null;
  if (statement === null) return { place: null, count: 0, blocked: 'There is no statement at the cursor.' };
  return checked(text, statement, noWrites);
}

/** Everything in the document. */
export function runnableAll(text: string, noWrites: string | null): Runnable {
  return checked(text, { text, start: 0 }, noWrites);
}

/** The rights of a statement on its one table. The others are judged by the server, and by {@link noWritesOn}. */
const ON_TABLE: Readonly<Partial<Record<StatementKind, AskedVerb>>> = {
  select: 'read',
  insert: 'write',
  update: 'write',
  delete: 'write',
  truncate: 'write',
};

/**
 * What may run, by the rights on the table of a statement.
 * @param classification of the one statement; null: there are several, which the server judges
 * @param keyspaces of the schema, with what a person may not do; empty until it is here
 * @param keyspace for names without one
 */
export function permitted(
  runnable: Runnable,
  classification: Pick<Classification, 'kind' | 'verb' | 'table' | 'target'> | null,
  keyspaces: readonly Keyspace[],
  keyspace: string | null,
): Runnable {
  if (runnable.blocked !== null || classification === null) return runnable;
  const { kind, verb, table, target } = classification;
  const [right, named] = [ON_TABLE[kind], table ?? target];
  if (right === undefined || named === null) return runnable;
  const place = { keyspace: named.keyspace ?? keyspace, name: named.name };
  if (!tableLacks(keyspaces, place, right)) return runnable;
  const { count } = runnable;
  const blocked = `No role gives you ${right} on ${place.keyspace}.${place.name}, so ${verb} does not run.`;
  return { place: runnable.place, count, blocked };
}

function checked(document: string, place: StatementSpan, noWrites: string | null): Runnable {
  const statements = splitScript(place.text);
  const count = statements.length;
  if (count === 0) return { place, count, blocked: 'There is no statement here.' };
  // No server accepts these; asking to confirm them as a possible write would mislead.
  const fix = strayFix(document, place);
  if (fix !== null) return { place, count, blocked: fix.words, fix };
  if (lacksPassword(place.text)) {
    return { place, count, blocked: "A password was not kept: type it in place of '•••' to run this." };
  }
  const write = noWrites !== null ? statements.find(({ text }) => isKnownWrite(text)) : undefined;
  if (write === undefined) {
    const isCommand = count === 1 && isShellCommand(statements[0]?.text ?? '');
    return { place, count, blocked: null, ...(isCommand ? { isCommand } : {}) };
  }
  const { verb } = classify(write.text);
  const what = verb === '' ? 'a statement that may change something' : verb;
  return { place, count, blocked: `${noWrites}, so ${what} does not run.` };
}

/** Commands of cqlsh and USE are never sent. */
function isShellCommand(text: string): boolean {
  const word = /^[A-Za-z]+/.exec(text)?.[0].toUpperCase();
  return text.startsWith('?') || (word !== undefined && (word === 'USE' || SHELL_COMMANDS.has(word)));
}

/** What is no statement runs nowhere: the server says so. */
function isKnownWrite(text: string): boolean {
  return !isShellCommand(text) && isConfirmed(classify(text));
}
