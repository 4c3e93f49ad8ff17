'use client';

import { setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useRef, useState } from 'react';
import type { TextRange } from '@/lib/cql/help/help';
import type { CompletionKnowledge } from '@/lib/workbench/completion-knowledge';
import type { EditorFocus } from '@/lib/workbench/runnable';
import type { SnippetId } from '@/lib/workbench/snippet-names';
import { statementAtCursor } from './active-statement';
import { editorExtensions } from './extensions';
import { formatAtCursor } from './format-command';
import { insertSnippet } from './insert-snippet';
import { LatestKnowledge } from './latest-knowledge';

/** What the page can do with the editor besides setting its text. */
export interface EditorHandle {
  focus(): void;
  /** Underlines a stretch of the document, with the message on it, and brings it into view; null removes it. */
  showError(error: { range: TextRange; message: string } | null): void;
  /** Underlines what will be refused, without moving the view; null removes it. */
  showHint(hint: { range: TextRange; message: string } | null): void;
  /** Replaces pieces of the document, as one step to undo. */
  replace(pieces: readonly { readonly start: number; readonly text: string; readonly replacement: string }[]): void;
  /** Lays out the selected statements, or the one at the cursor. */
  format(): void;
  /** Writes a snippet for the table at hand, with tab stops. */
  insertSnippet(id: SnippetId): void;
  /** Puts the cursor there. */
  moveTo(offset: number): void;
}

export interface CqlEditorProps {
  documentId: string;
  text: string;
  knowledge: CompletionKnowledge;
  /** While the schema is on its way, completions wait for it. */
  isSchemaArriving: boolean;
  onChange: (documentId: string, text: string) => void;
  onFocusChange: (focus: EditorFocus) => void;
  /** With what the editor holds at that moment: what was typed last may not have come back as a property yet. */
  onRun: (text: string, focus: EditorFocus) => void;
  onReady: (handle: EditorHandle | null) => void;
}

/** The CodeMirror editor. Each document keeps its own undo steps and cursor while the page is open. */
export default function CqlEditor(props: CqlEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const latest = useRef(props);
  const states = useRef(new Map<string, EditorState>());
  const shown = useRef(props.documentId);
  const echo = useRef<string[]>([]);
  const [known] = useState(() => new LatestKnowledge(props.knowledge, props.isSchemaArriving));
  useEffect(() => {
    latest.current = props;
    known.set(props.knowledge, props.isSchemaArriving);
  });

  useEffect(() => {
    if (host.current === null) return;
    const { documentId, text, onReady, onFocusChange } = latest.current;
    const editor = new EditorView({ parent: host.current, state: newState(text, known, latest, shown, echo) });
    shown.current = documentId;
    view.current = editor;
    onFocusChange(focusOf(editor.state));
    onReady(handleOf(editor, () => known.now));
    return () => {
      onReady(null);
      view.current = null;
      editor.destroy();
    };
  }, [known]);

  const { documentId, text } = props;
  useEffect(() => {
    const editor = view.current;
    if (editor === null) return;
    if (shown.current !== documentId) {
      states.current.set(shown.current, editor.state);
      shown.current = documentId;
      echo.current = [];
      editor.setState(states.current.get(documentId) ?? newState(text, known, latest, shown, echo));
      latest.current.onFocusChange(focusOf(editor.state));
    }
    // What was typed comes back as a property, sometimes after the next key press, which it must not undo.
    const echoed = echo.current.lastIndexOf(text);
    if (echoed >= 0) {
      echo.current.splice(0, echoed + 1);
    } else if (editor.state.doc.toString() !== text) {
      // The text changed elsewhere: filled from history or a link, or edited in another browser tab.
      const changes = { from: 0, to: editor.state.doc.length, insert: text };
      editor.dispatch({ changes, selection: { anchor: 0 } });
    }
  }, [documentId, text, known]);

  return <div ref={host} className="h-full min-h-0 overflow-hidden" />;
}

function newState(
  text: string,
  known: LatestKnowledge,
  latest: { current: CqlEditorProps },
  shown: { current: string },
  echo: { current: string[] },
): EditorState {
  const extensions = editorExtensions({
    known,
    onRun: (state) => latest.current.onRun(state.doc.toString(), focusOf(state)),
    onUpdate: (state, docChanged) => {
      if (docChanged) {
        const changed = state.doc.toString();
        echo.current.push(changed);
        latest.current.onChange(shown.current, changed);
      }
      latest.current.onFocusChange(focusOf(state));
    },
  });
  return EditorState.create({ doc: text, extensions });
}

function focusOf(state: EditorState): EditorFocus {
  const { from, to } = state.selection.main;
  const span = statementAtCursor(state);
  return { selection: { from, to }, statement: span === undefined ? null : { text: span.text, start: span.start } };
}

function handleOf(editor: EditorView, knowledge: () => CompletionKnowledge): EditorHandle {
  return {
    format() {
      formatAtCursor(editor);
      editor.focus();
    },
    insertSnippet: (id) => insertSnippet(editor, id, knowledge()),
    focus: () => editor.focus(),
    showError(error) {
      const length = editor.state.doc.length;
      const diagnostics =
        error === null || error.range.from > length
          ? []
          : [
              {
                from: error.range.from,
                to: Math.min(error.range.to, length),
                severity: 'error' as const,
                message: error.message,
              },
            ];
      editor.dispatch(setDiagnostics(editor.state, diagnostics));
      const first = diagnostics[0];
      if (first !== undefined) editor.dispatch({ effects: EditorView.scrollIntoView(first.from) });
    },
    showHint(hint) {
      const isHere = hint !== null && hint.range.to <= editor.state.doc.length;
      const mark = isHere ? [{ ...hint.range, severity: 'warning' as const, message: hint.message }] : [];
      editor.dispatch(setDiagnostics(editor.state, mark));
    },
    replace(pieces) {
      const now = editor.state.doc.toString();
      // What has changed since is left alone.
      const there = pieces.filter(({ start, text }) => now.startsWith(text, start));
      const changes = there.map(({ start, text, replacement }) => {
        return { from: start, to: start + text.length, insert: replacement };
      });
      editor.dispatch({ changes, userEvent: 'input' });
      editor.focus();
    },
    moveTo(offset) {
      editor.dispatch({ selection: { anchor: Math.min(offset, editor.state.doc.length) }, scrollIntoView: true });
      editor.focus();
    },
  };
}
