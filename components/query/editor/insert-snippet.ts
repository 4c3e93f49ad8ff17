import { snippet } from '@codemirror/autocomplete';
import type { EditorState } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import type { CompletionKnowledge } from '@/lib/workbench/completion-knowledge';
import type { SnippetId } from '@/lib/workbench/snippet-names';
import { type SnippetTable, snippetTemplate, tableAtHand } from '@/lib/workbench/snippets';
import { statementAtCursor } from './active-statement';

/** As much of the text before the cursor as is searched for a table. */
const BEFORE_CURSOR = 4_000;

/** The table that a snippet at the cursor is made for. */
export function tableOf(state: EditorState, { schema, keyspace }: CompletionKnowledge): SnippetTable | undefined {
  const { head } = state.selection.main;
  const before = state.sliceDoc(Math.max(0, head - BEFORE_CURSOR), head);
  return tableAtHand(before, statementAtCursor(state)?.text ?? '', schema.keyspaces, keyspace);
}

/** Writes a snippet for the table at hand: at the cursor on an empty line, else on lines of its own after the statement. */
export function insertSnippet(view: EditorView, id: SnippetId, knowledge: CompletionKnowledge): void {
  const { state } = view;
  const template = snippetTemplate(id, tableOf(state, knowledge));
  const { from, to, head } = state.selection.main;
  const isFree = state.doc.lineAt(head).text.trim() === '';
  const span = statementAtCursor(state);
  if (isFree || span === undefined) {
    snippet(template)(view, null, from, to);
  } else {
    const isEnded = state.sliceDoc(span.end).trimStart().startsWith(';');
    const end = isEnded ? state.sliceDoc(span.end).indexOf(';') + span.end + 1 : span.end;
    snippet(`${isEnded ? '' : ';'}\n\n${template}`)(view, null, end, end);
  }
  view.focus();
}
