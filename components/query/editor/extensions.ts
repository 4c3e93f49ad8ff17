import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { lintKeymap } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension, Prec } from '@codemirror/state';
import {
  type Command,
  drawSelection,
  EditorView,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  placeholder,
} from '@codemirror/view';
import { editorKey } from '@/components/ui/shortcuts';
import { characterName } from '@/lib/text/character-names';
import { codePointOf, UNSEEN } from '@/lib/text/unseen';
import { markActiveStatement } from './active-statement';
import { cqlCompletions } from './completion-source';
import { cqlLanguage } from './cql-language';
import { formatAtCursor } from './format-command';
import type { LatestKnowledge } from './latest-knowledge';
import { signatureTooltip } from './signature-tooltip';
import { editorTheme } from './theme';

export interface EditorWiring {
  known: LatestKnowledge;
  onRun: (state: EditorState) => void;
  onUpdate: (state: EditorState, docChanged: boolean) => void;
}

/** The document keeps the character; what is drawn in its place is one step for the cursor. */
const markUnseen = highlightSpecialChars({
  specialChars: new RegExp(UNSEEN, 'gu'),
  render: (code) => {
    const token = document.createElement('span');
    token.className = 'cm-unseen';
    token.title = `${codePointOf(code)} ${characterName(String.fromCodePoint(code))}`;
    token.textContent = codePointOf(code);
    return token;
  },
});

/** Takes the selected completion. A list takes no key at the instant it opens or changes; that must not leave the editor. */
const takeCompletion: Command = (view) =>
  acceptCompletion(view) || view.dom.querySelector('.cm-tooltip-autocomplete') !== null;

/** Everything the editor can do. Tab stays free to leave it, except on an open completion. */
export function editorExtensions({ known, onRun, onUpdate }: EditorWiring): Extension[] {
  const run = (view: EditorView) => {
    closeCompletion(view);
    onRun(view.state);
    return true;
  };
  return [
    Prec.highest(keymap.of([{ key: editorKey('run'), run, preventDefault: true }])),
    lineNumbers(),
    highlightActiveLineGutter(),
    markUnseen,
    history(),
    drawSelection(),
    EditorState.allowMultipleSelections.of(true),
    bracketMatching(),
    closeBrackets(),
    signatureTooltip(() => known.now),
    autocompletion({ override: [cqlCompletions(known)], icons: false }),
    search({ top: true }),
    highlightSelectionMatches(),
    markActiveStatement,
    cqlLanguage(),
    keymap.of([
      { key: editorKey('complete'), run: takeCompletion },
      { key: editorKey('format'), run: formatAtCursor, preventDefault: true },
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...completionKeymap,
      ...lintKeymap,
    ]),
    placeholder('SELECT … (⌘↵ or Ctrl+Enter runs the statement at the cursor)'),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': 'CQL statement', spellcheck: 'false' }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged || update.selectionSet) onUpdate(update.state, update.docChanged);
    }),
    editorTheme,
  ];
}
