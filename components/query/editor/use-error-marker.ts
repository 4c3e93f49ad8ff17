import { useEffect, useMemo, useRef } from 'react';
import type { Suggestion } from '@/lib/cql/help/help';
import type { QueryDocument } from '@/lib/workbench/documents';
import { type ErrorMark, editsIn, stepErrorRange } from '@/lib/workbench/error-range';
import type { StatementSpan } from '@/lib/workbench/run';
import type { EditorHandle } from './cql-editor';

export interface ErrorMarker {
  setEditor(editor: EditorHandle | null): void;
  /** Gives the editor the focus. */
  focus(): void;
  /** Underlines the place of a failed statement's mistake. */
  mark(statement: StatementSpan, mark: ErrorMark): void;
  /** Puts the cursor there. */
  goTo(statement: StatementSpan, mark: ErrorMark): void;
  /** Changes the statement, as one step to undo; false where the editor no longer has it. */
  apply(statement: StatementSpan, suggestion: Suggestion): boolean;
}

/** Shows and fixes a failed statement's mistake where it is in the active document. */
export function useErrorMarker(active: QueryDocument): ErrorMarker {
  const editor = useRef<EditorHandle>(null);
  const latest = useRef(active);
  useEffect(() => {
    latest.current = active;
  });
  // One object for good: results are drawn again for a change of theirs, not for each key press.
  return useMemo(
    () => ({
      setEditor: (handle) => {
        editor.current = handle;
      },
      focus: () => editor.current?.focus(),
      mark: (statement, mark) => {
        const range = stepErrorRange(latest.current.text, statement, mark);
        if (range !== undefined) editor.current?.showError({ range, message: mark.message });
      },
      goTo: (statement, mark) => {
        const range = stepErrorRange(latest.current.text, statement, mark);
        if (range !== undefined) editor.current?.moveTo(range.from);
      },
      apply: (statement, { edits }) => {
        const pieces = editsIn(latest.current.text, statement, edits);
        if (pieces === undefined || editor.current === null) return false;
        editor.current.showError(null);
        editor.current.replace(pieces);
        return true;
      },
    }),
    [],
  );
}
