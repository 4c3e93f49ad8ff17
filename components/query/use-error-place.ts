import { useCallback, useEffect, useRef } from 'react';
import type { QueryDocument } from './documents';
import type { EditorHandle } from './editor/cql-editor';
import { errorRange } from './error-place';
import type { Step } from './run';
import type { OnStepEnd } from './run-session';

export interface ErrorPlace {
  setEditor(editor: EditorHandle | null): void;
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
    onEnd: useCallback((run, step, end) => {
      const { id, text } = latest.current;
      if (run.documentId !== id || end.error?.position === undefined) return;
      const range = errorRange(text, step.text, step.start, end.error.position);
      if (range !== undefined) editor.current?.showError({ range, message: end.error.message });
    }, []),
    goTo: useCallback((step) => {
      if (step.state.status !== 'ended' || step.state.error?.position === undefined) return;
      const range = errorRange(latest.current.text, step.text, step.start, step.state.error.position);
      if (range !== undefined) editor.current?.moveTo(range.from);
    }, []),
  };
}
