import { useCallback, useEffect, useRef } from 'react';
import type { ApiError } from '@/lib/contract/errors';
import type { QueryDocument } from '@/lib/workbench/documents';
import { errorPlace, type TextRange } from '@/lib/workbench/error-place';
import type { Step } from '@/lib/workbench/run';
import type { OnStepEnd } from '@/lib/workbench/run-session';
import type { EditorHandle } from './cql-editor';

export interface ErrorPlace {
  setEditor(editor: EditorHandle | null): void;
  /** Gives the editor the focus. */
  focus(): void;
  /** Underlines the place of a failed step's error in the document that it came from. */
  readonly onEnd: OnStepEnd;
  /** Puts the cursor to the place of a step's error. */
  goTo(step: Step): void;
}

/** Brings errors of the server to their place in the document in front. */
export function useErrorPlace(active: QueryDocument): ErrorPlace {
  const editor = useRef<EditorHandle>(null);
  const latest = useRef(active);
  useEffect(() => {
    latest.current = active;
  });
  return {
    setEditor: useCallback((handle) => {
      editor.current = handle;
    }, []),
    focus: useCallback(() => editor.current?.focus(), []),
    onEnd: useCallback((run, step, end) => {
      const { id, text } = latest.current;
      const range = run.documentId === id ? placeOfError(text, step, end.error) : undefined;
      if (range !== undefined) editor.current?.showError({ range, message: end.error?.message ?? '' });
    }, []),
    goTo: useCallback((step) => {
      const error = step.state.status === 'ended' ? step.state.error : undefined;
      const range = placeOfError(latest.current.text, step, error);
      if (range !== undefined) editor.current?.moveTo(range.from);
    }, []),
  };
}

function placeOfError(text: string, step: Step, error: ApiError | undefined): TextRange | undefined {
  if (error === undefined) return undefined;
  const { message, detail, position } = error;
  const said = `${message} ${detail ?? ''}`;
  return errorPlace(text, { statement: step.text, start: step.start, message: said, position });
}
