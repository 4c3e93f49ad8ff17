import * as z from 'zod/mini';
import { type ParameterValues, parameterValuesSchema } from './parameter-values';

/** One tab of the editor: its text, and the keyspace that its statements run in. */
const queryDocumentSchema = z.object({
  id: z.string(),
  text: z.string(),
  /** Absent: no keyspace chosen, every table is named in full. */
  keyspace: z.nullable(z.string()),
  /** What was typed for parameters, kept by name for as long as the tab is open. */
  parameters: z.optional(parameterValuesSchema),
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
  | { type: 'select'; id: string }
  | { type: 'edit'; id: string; text: string }
  | { type: 'keyspace'; id: string; keyspace: string | null }
  /** What was typed for some parameters; the others stay. */
  | { type: 'parameters'; id: string; parameters: ParameterValues };

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
    case 'select':
      return state.documents.some(({ id }) => id === action.id) ? { ...state, activeId: action.id } : state;
    case 'edit':
      return changed(state, action.id, { text: action.text });
    case 'keyspace':
      return changed(state, action.id, { keyspace: action.keyspace });
    case 'parameters':
      return withParameters(state, action.id, action.parameters);
    default:
      return action satisfies never;
  }
}

export function activeDocument(state: QueryDocuments): QueryDocument {
  const active = state.documents.find(({ id }) => id === state.activeId) ?? state.documents[0];
  if (active === undefined) throw new Error('the query editor has no tab');
  return active;
}

const TITLE_LENGTH = 28;

/** The tab's name: its first non-empty line, shortened; empty tabs are numbered. */
export function documentTitle(text: string, index: number): string {
  const line = text
    .split('\n')
    .map((candidate) => candidate.replace(/^\s*(--|\/\/)/, '').trim())
    .find((candidate) => candidate !== '');
  if (line === undefined) return `Statement ${index + 1}`;
  return line.length > TITLE_LENGTH ? `${line.slice(0, TITLE_LENGTH - 1)}…` : line;
}

function opened(state: QueryDocuments, document: QueryDocument): QueryDocuments {
  return { documents: [...state.documents, document], activeId: document.id };
}

function filled(state: QueryDocuments, { id, text, keyspace }: { id: string; text: string; keyspace: string | null }) {
  const same = state.documents.find((document) => document.text === text && document.keyspace === keyspace);
  if (same !== undefined) return { ...state, activeId: same.id };
  const active = activeDocument(state);
  if (active.text.trim() === '') return changed(state, active.id, { text, keyspace });
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

function changed(state: QueryDocuments, id: string, change: Partial<QueryDocument>): QueryDocuments {
  return {
    ...state,
    documents: state.documents.map((document) => (document.id === id ? { ...document, ...change } : document)),
  };
}
