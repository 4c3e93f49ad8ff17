import { isolateHistory } from '@codemirror/commands';
import type { EditorView } from '@codemirror/view';
import { reformats } from '@/lib/workbench/format-statement';
import { statementAtCursor } from './active-statement';

/** Lays out the statements of the selection, or the one at the cursor, as one step to undo. */
export function formatAtCursor(view: EditorView): boolean {
  const { state } = view;
  const { from, to, head, empty } = state.selection.main;
  const span = statementAtCursor(state);
  const changes = empty
    ? span === undefined
      ? []
      : reformats(span.text, span.start)
    : reformats(state.sliceDoc(from, to), from);
  const [first] = changes;
  if (first === undefined || state.readOnly) return true;
  const inside = empty && head > first.start && head <= first.start + first.text.length;
  view.dispatch({
    changes: changes.map(({ start, text, replacement }) => ({
      from: start,
      to: start + text.length,
      insert: replacement,
    })),
    ...(inside
      ? { selection: { anchor: first.start + sameSpot(first.text, head - first.start, first.replacement) } }
      : {}),
    userEvent: 'input.format',
    annotations: isolateHistory.of('full'),
    scrollIntoView: true,
  });
  return true;
}

/** After as many signs that are no white space: these the layout never changes. */
function sameSpot(before: string, offset: number, after: string): number {
  let left = before.slice(0, offset).replace(/\s/g, '').length;
  let at = 0;
  while (left > 0 && at < after.length) {
    if (!/\s/.test(after[at] ?? '')) left--;
    at++;
  }
  return at;
}
