import * as z from 'zod/mini';
import { withoutPasswords } from '@/lib/cql/redact';
import { type ParameterValues, parameterValuesSchema } from './parameter-values';

/** The saved statement of a tab, as it was when the tab last read or wrote it. */
const savedOriginSchema = z.object({
  path: z.string(),
  version: z.string(),
  text: z.string(),
  cluster: z.nullable(z.string()),
  keyspace: z.nullable(z.string()),
  description: z.nullable(z.string()),
  parameters: z.array(z.object({ name: z.string(), type: z.nullable(z.string()), value: z.nullable(z.string()) })),
});
export type SavedOrigin = z.infer<typeof savedOriginSchema>;

/** One tab of the editor: its text, and the keyspace that its statements run in. */
const queryDocumentSchema = z.object({
  id: z.string(),
  text: z.string(),
  /** Absent: no keyspace chosen, every table is named in full. */
  keyspace: z.nullable(z.string()),
  /** What was typed for parameters, kept by name for as long as the tab is open. */
  parameters: z.optional(parameterValuesSchema),
  /** Given by a person; absent: named by its statement. */
  name: z.optional(z.string()),
  /** Absent: it is a draft of this browser only. */
  saved: z.optional(savedOriginSchema),
});
export type QueryDocument = z.infer<typeof queryDocumentSchema>;

/** The tabs as kept in the browser. There is always at least one. */
export const queryDocumentsSchema = z
  .object({ documents: z.array(queryDocumentSchema).check(z.minLength(1)), activeId: z.string() })
  .check(z.refine(({ documents, activeId }) => documents.some(({ id }) => id === activeId)));
export type QueryDocuments = z.infer<typeof queryDocumentsSchema>;

export type DocumentAction =
  /** A new tab; `id` is chosen by the caller, so that this stays a pure function. */
  | { type: 'open'; id: string; text?: string; keyspace?: string | null }
  /** From a link: selects the tab that already holds exactly this, else fills an empty tab, else opens one. */
  | { type: 'fill'; id: string; text: string; keyspace: string | null; parameters?: ParameterValues | null }
  | { type: 'close'; id: string; replacementId: string }
  /** Brings back a tab that was closed, to where it was. */
  | { type: 'reopen'; document: QueryDocument; index: number }
  | { type: 'select'; id: string }
  | { type: 'edit'; id: string; text: string }
  | { type: 'keyspace'; id: string; keyspace: string | null }
  /** What was typed for some parameters; the others stay. */
  | { type: 'parameters'; id: string; parameters: ParameterValues }
  /** An empty name: it is named by its statement again. */
  | { type: 'rename'; id: string; name: string }
  /** Brings a saved statement to the front: its tab with what was edited there since, else like `fill`. */
  | { type: 'openSaved'; id: string; saved: SavedOrigin }
  /** The tab is this saved statement from now on; its text is what was written, unless it was edited meanwhile. */
  | { type: 'saved'; id: string; saved: SavedOrigin }
  /** The tab shows this saved statement, whatever it held. */
  | { type: 'take'; id: string; saved: SavedOrigin }
  /** A saved statement has another path now; null: it was removed, and its tabs are drafts. */
  | { type: 'moved'; path: string; saved: SavedOrigin | null };

export function emptyDocuments(id: string): QueryDocuments {
  return { documents: [{ id, text: '', keyspace: null }], activeId: id };
}

export function documentsReducer(state: QueryDocuments, action: DocumentAction): QueryDocuments {
  switch (action.type) {
    case 'open':
      return opened(state, { id: action.id, text: action.text ?? '', keyspace: action.keyspace ?? null });
    case 'fill':
      return withParameters(filled(state, action), null, action.parameters ?? null);
    case 'close':
      return closed(state, action.id, action.replacementId);
    case 'reopen':
      return reopened(state, action.document, action.index);
    case 'select':
      return state.documents.some(({ id }) => id === action.id) ? { ...state, activeId: action.id } : state;
    case 'edit':
      return changed(state, action.id, { text: action.text });
    case 'keyspace':
      return changed(state, action.id, { keyspace: action.keyspace });
    case 'parameters':
      return withParameters(state, action.id, action.parameters);
    case 'rename':
      return changed(state, action.id, { name: action.name.trim() || undefined });
    case 'openSaved':
      return openedSaved(state, action.id, action.saved);
    case 'saved':
      return changed(state, action.id, { saved: action.saved, name: undefined });
    case 'take':
      return changed(state, action.id, taken(action.saved));
    case 'moved':
      return moved(state, action.path, action.saved);
    default:
      return action satisfies never;
  }
}

export function activeDocument(state: QueryDocuments): QueryDocument {
  const active = state.documents.find(({ id }) => id === state.activeId) ?? state.documents[0];
  if (active === undefined) throw new Error('the query editor has no tab');
  return active;
}

/** Tabs do not change, so each is looked through once. */
const KEPT = new WeakMap<QueryDocument, QueryDocument>();

/** The tabs as the browser keeps them: passwords of roles last as long as the page. */
export function keptDocuments({ documents, activeId }: QueryDocuments): QueryDocuments {
  return { documents: documents.map(keptDocument), activeId };
}

/** One tab without the passwords of its statements. */
function keptDocument(document: QueryDocument): QueryDocument {
  const known = KEPT.get(document);
  if (known !== undefined) return known;
  const { saved } = document;
  const kept = {
    ...document,
    text: withoutPasswords(document.text).text,
    ...(saved === undefined ? {} : { saved: { ...saved, text: withoutPasswords(saved.text).text } }),
  };
  KEPT.set(document, kept);
  return kept;
}

/** The tab differs from the saved statement it came from, in more than a password: those are never saved. */
export function isUnsaved({ text, keyspace, saved }: QueryDocument): boolean {
  if (saved === undefined) return false;
  return saved.keyspace !== keyspace || (saved.text !== text && saved.text !== withoutPasswords(text).text);
}

/** The tab's name: the one it was given, the saved statement's, or that of its text. */
export function tabTitle({ name, saved, text }: QueryDocument, index: number): string {
  return name ?? saved?.path.split('/').at(-1) ?? documentTitle(text, index);
}

const TITLE_LENGTH = 28;

/** What a statement reads or changes: enough to tell tabs apart, and no more than a name of one. */
const TABLE = /\b(?:FROM|INTO|UPDATE|TABLE)\s+(?:(?:\w+|"[^"]*")\.)?(\w+|"[^"]*")/i;
const COMMENT = /^\s*(--|\/\/)/;

/** The tab's name: its first non-empty line, or its verb and table where that is too long; empty tabs are numbered. */
export function documentTitle(text: string, index: number): string {
  const first = firstLine(text);
  if (first === undefined) return `Statement ${index + 1}`;
  // A name is kept, and shown where the text is not.
  const line = withoutPasswords(first).text.replace(COMMENT, '').trim();
  if (line.length <= TITLE_LENGTH) return line;
  const table = COMMENT.test(first) ? undefined : TABLE.exec(text)?.[1];
  const named = `${line.split(/\s/, 1)[0]} … ${table}`;
  if (table !== undefined && named.length <= TITLE_LENGTH) return named;
  return `${line.slice(0, TITLE_LENGTH - 1)}…`;
}

/** The first line that says something. A script may have many thousand lines, so it reads no more than it needs. */
function firstLine(text: string): string | undefined {
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from);
    const line = text.slice(from, end < 0 ? text.length : end);
    if (line.replace(COMMENT, '').trim() !== '') return line;
    from += line.length + 1;
  }
  return undefined;
}

function opened(state: QueryDocuments, document: QueryDocument): QueryDocuments {
  return { documents: [...state.documents, document], activeId: document.id };
}

function filled(state: QueryDocuments, { id, text, keyspace }: { id: string; text: string; keyspace: string | null }) {
  const same = state.documents.find((document) => document.text === text && document.keyspace === keyspace);
  if (same !== undefined) return { ...state, activeId: same.id };
  const active = activeDocument(state);
  if (active.text.trim() === '' && active.saved === undefined) {
    return changed(state, active.id, { text, keyspace, parameters: undefined });
  }
  return opened(state, { id, text, keyspace });
}

/** @param id null: of the active tab */
function withParameters(state: QueryDocuments, id: string | null, given: ParameterValues | null): QueryDocuments {
  if (given === null) return state;
  const of = state.documents.find((document) => document.id === (id ?? state.activeId));
  if (of === undefined) return state;
  return changed(state, of.id, { parameters: { ...of.parameters, ...given } });
}

function closed(state: QueryDocuments, id: string, replacementId: string): QueryDocuments {
  const index = state.documents.findIndex((document) => document.id === id);
  if (index < 0) return state;
  const documents = state.documents.filter((document) => document.id !== id);
  const neighbour = documents[Math.min(index, documents.length - 1)];
  if (neighbour === undefined) return emptyDocuments(replacementId);
  return { documents, activeId: state.activeId === id ? neighbour.id : state.activeId };
}

function reopened(state: QueryDocuments, document: QueryDocument, index: number): QueryDocuments {
  const others = state.documents.filter(({ id }) => id !== document.id);
  // The empty tab that took the place of the last one goes again.
  const kept = others.length === 1 ? others.filter((other) => hasText(other) || other.saved !== undefined) : others;
  return { documents: kept.toSpliced(index, 0, document), activeId: document.id };
}

const hasText = ({ text }: QueryDocument) => text.trim() !== '';

/** Closing it loses what nothing else keeps. */
export function isOnlyHere(document: QueryDocument): boolean {
  return hasText(document) && (document.saved === undefined || isUnsaved(document));
}

/** A member that is undefined in the change is absent after it. */
type Change = { readonly [key in keyof QueryDocument]?: QueryDocument[key] | undefined };

function changed(state: QueryDocuments, id: string, change: Change): QueryDocuments {
  return {
    ...state,
    documents: state.documents.map((document) => (document.id === id ? withChange(document, change) : document)),
  };
}

function withChange(document: QueryDocument, change: Change): QueryDocument {
  const { id, text, keyspace, parameters, name, saved } = { ...document, ...change };
  return {
    id: id ?? document.id,
    text: text ?? document.text,
    keyspace: keyspace ?? null,
    ...(parameters === undefined ? {} : { parameters }),
    ...(name === undefined ? {} : { name }),
    ...(saved === undefined ? {} : { saved }),
  };
}

function taken(saved: SavedOrigin) {
  return { text: saved.text, keyspace: saved.keyspace, saved, name: undefined };
}

function openedSaved(state: QueryDocuments, id: string, saved: SavedOrigin): QueryDocuments {
  const own = state.documents.find((document) => document.saved?.path === saved.path);
  if (own !== undefined) {
    const front = { ...state, activeId: own.id };
    return isUnsaved(own) ? front : changed(front, own.id, taken(saved));
  }
  const active = activeDocument(state);
  if (active.text.trim() === '' && active.saved === undefined) return changed(state, active.id, taken(saved));
  return changed(opened(state, { id, text: '', keyspace: null }), id, taken(saved));
}

function moved(state: QueryDocuments, path: string, saved: SavedOrigin | null): QueryDocuments {
  const documents = state.documents.map((document) =>
    document.saved?.path === path ? withChange(document, { saved: saved ?? undefined }) : document,
  );
  return { ...state, documents };
}

/**
 * The tabs after two windows of the browser changed them: what either of them opened, closed or edited since `base`. Where
 * both edited one tab, it keeps this window's text, and a new tab has the other's: neither is lost. A tab that one closed
 * and the other edited stays. Passwords, which only the window has in which they were typed, stay there.
 */
export function mergedDocuments(base: QueryDocuments, own: QueryDocuments, other: QueryDocuments): QueryDocuments {
  const kept = own.documents.flatMap((document) => keptOf(document, base, other));
  const theirs = other.documents.flatMap((document) => addedOf(document, { base, own, other, kept }));
  const documents = [...kept, ...theirs];
  const [first] = documents;
  if (first === undefined) return own;
  const there = (id: string) => documents.some((document) => document.id === id);
  const activeId = [own.activeId, other.activeId].find(there) ?? first.id;
  return { documents, activeId };
}

const tabOf = ({ documents }: QueryDocuments, id: string) => documents.find((document) => document.id === id);

/** What becomes of a tab that this window has. */
function keptOf(document: QueryDocument, base: QueryDocuments, other: QueryDocuments): readonly QueryDocument[] {
  const [before, there] = [tabOf(base, document.id), tabOf(other, document.id)];
  const isEdited = !isSame(before, document);
  if (there === undefined) return before === undefined || isEdited ? [document] : [];
  return isEdited || isSame(document, there) ? [document] : [there];
}

interface Merging {
  readonly base: QueryDocuments;
  readonly own: QueryDocuments;
  readonly other: QueryDocuments;
  /** What this window's tabs became. */
  readonly kept: readonly QueryDocument[];
}

/** What the other window adds: a tab that this one does not have, and its text of a tab that both edited. */
function addedOf(document: QueryDocument, { base, own, other, kept }: Merging): readonly QueryDocument[] {
  const [before, here] = [tabOf(base, document.id), tabOf(own, document.id)];
  const isEdited = !isSame(before, document);
  if (here === undefined) return before === undefined || isEdited ? [document] : [];
  if (!isEdited || isSame(before, here) || document.text.trim() === '') return [];
  if (kept.some(({ text, keyspace }) => text === document.text && keyspace === document.keyspace)) return [];
  let id = `${document.id}+`;
  while (tabOf(own, id) !== undefined || tabOf(other, id) !== undefined) id += '+';
  return [{ ...document, id, name: 'From another window' }];
}

function isSame(one: QueryDocument | undefined, two: QueryDocument | undefined): boolean {
  const [kept, other] = [one, two].map((document) => JSON.stringify(document && keptDocument(document)));
  return kept === other;
}
