import { isPrivatePath, plainPath } from '@/lib/contract/private-path';
import type { SavedStatement, SavedSummary, WrittenStatement } from '@/lib/contract/saved-statements';
import { isSignificant, tokenize } from '@/lib/cql/lexer';
import type { QueryDocument, SavedOrigin } from './documents';

/** `reports/by day` → `by day`. */
export function savedName(path: string): string {
  return path.split('/').at(-1) ?? path;
}

/** `reports/by day` → `reports`; empty at the top, also of private ones. */
export function savedFolder(path: string): string {
  return plainPath(path).split('/').slice(0, -1).join('/');
}

/** A path as it is said to people. */
export function savedWords(path: string): string {
  return isPrivatePath(path) ? `${plainPath(path)} (only you)` : path;
}

/** What became of a statement that was written. */
export function writtenWords(act: 'Saved' | 'Moved', path: string, { isRedacted }: WrittenStatement): string {
  return `${act} ${savedWords(path)}${isRedacted ? ' without its password: passwords are never kept' : ''}`;
}

/** A path from what a person typed into two fields. */
export function savedPath(folder: string, name: string): string {
  const parts = folder.split('/').map((part) => part.trim());
  return [...parts.filter((part) => part !== ''), name.trim()].join('/');
}

interface Folder {
  readonly folder: string;
  readonly isPrivate: boolean;
  readonly statements: readonly SavedSummary[];
}

/** Statements by folder, private ones first, the top before its folders. */
export function foldersOf(statements: readonly SavedSummary[]): readonly Folder[] {
  const [own, shared] = [true, false].map((isPrivate) => {
    const byFolder = new Map<string, SavedSummary[]>();
    for (const summary of statements.filter(({ path }) => isPrivatePath(path) === isPrivate)) {
      const folder = savedFolder(summary.path);
      byFolder.set(folder, [...(byFolder.get(folder) ?? []), summary]);
    }
    return [...byFolder]
      .map(([folder, within]) => ({ folder, isPrivate, statements: within }))
      .toSorted((a, b) => (a.folder < b.folder ? -1 : 1));
  });
  return [...(own ?? []), ...(shared ?? [])];
}

/** What a tab keeps of its saved statement. */
export function originOf(statement: SavedStatement): SavedOrigin {
  const { path, version, text, cluster, keyspace, description, parameters } = statement;
  return { path, version, text, cluster, keyspace, description, parameters };
}

/** What is saved of a tab, under this path. The markers of the text are its parameters; what is known of one stays. */
export function saveRequestOf(document: QueryDocument, cluster: string, path: string, version: string | null) {
  const { text, keyspace, saved } = document;
  const parameters = markersOf(text).map(
    (name) => saved?.parameters.find((known) => known.name === name) ?? { name, type: null, value: null },
  );
  return {
    path,
    text,
    cluster: saved === undefined ? cluster : saved.cluster,
    keyspace,
    description: saved?.description ?? null,
    parameters,
    version,
  };
}

/** The names of `:name` in a text, each once. Quoted ones are left out: a header holds plain names. */
function markersOf(text: string): readonly string[] {
  const names = tokenize(text)
    .filter((token) => isSignificant(token) && token.kind === 'bind')
    .flatMap((token) => /^:(\w+)$/.exec(token.text)?.[1] ?? []);
  return [...new Set(names)].slice(0, MOST_PARAMETERS);
}

const MOST_PARAMETERS = 100;

/** A name for a file that is imported: its own, without what a name cannot have. */
export function importedName(fileName: string): string {
  const name = fileName
    .replace(/\.(cql|txt)$/i, '')
    .normalize('NFC')
    .replace(/[\\/:*?"<>|\p{C}]+/gu, '_')
    .replace(/\s+/gu, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  return name === '' ? 'statement' : name;
}

/** A free-looking path beside one that is taken: `by day copy`, `by day copy 2`. */
export function copyPath(path: string): string {
  const [, stem = path, count] = /^(.*) copy(?: (\d+))?$/.exec(path) ?? [];
  if (stem === path) return `${path} copy`;
  return `${stem} copy ${count === undefined ? 2 : Number(count) + 1}`;
}
