import { type EditorState, type Extension, Prec, StateEffect, StateField } from '@codemirror/state';
import { type EditorView, keymap, showTooltip, type Tooltip } from '@codemirror/view';
import { editorKey } from '@/components/ui/shortcuts';
import type { CompletionKnowledge } from '@/lib/workbench/completion-knowledge';
import { type CallShape, type SignatureHelp, signatureAt } from '@/lib/workbench/signature-help';
import { statementAtCursor } from './active-statement';

/** Escape hides the help until the cursor is in another call. */
const hide = StateEffect.define<null>();

interface Shown {
  readonly help: SignatureHelp | null;
  readonly tooltip: Tooltip | null;
  /** Where the call starts that was hidden. */
  readonly hiddenAt: number | null;
}

const NOTHING: Shown = { help: null, tooltip: null, hiddenAt: null };

/** While the cursor is inside the brackets of a function, what it takes and gives. */
export function signatureTooltip(knowledge: () => CompletionKnowledge): Extension {
  const field = StateField.define<Shown>({
    create: () => NOTHING,
    update(value, transaction) {
      if (transaction.effects.some((effect) => effect.is(hide))) return hidden(value);
      if (!transaction.docChanged && transaction.selection === undefined) return value;
      return shownIn(transaction.state, knowledge(), value);
    },
    provide: (own) => showTooltip.from(own, ({ tooltip }) => tooltip),
  });
  const close = (view: EditorView) => {
    if (view.state.field(field).tooltip !== null) view.dispatch({ effects: hide.of(null) });
    // The same press closes a list of completions.
    return false;
  };
  // Before the completions' own Escape, which takes the key while they are on their way.
  return [field, Prec.highest(keymap.of([{ key: editorKey('signatureClose'), run: close }]))];
}

function hidden({ tooltip }: Shown): Shown {
  return { help: null, tooltip: null, hiddenAt: tooltip?.pos ?? null };
}

function shownIn(state: EditorState, knowledge: CompletionKnowledge, before: Shown): Shown {
  const { head, empty } = state.selection.main;
  const start = statementAtCursor(state)?.start;
  if (!empty || start === undefined || start > head) return NOTHING;
  const help = signatureAt(state.sliceDoc(start, head), knowledge);
  if (help === null) return NOTHING;
  const pos = start + help.from;
  if (before.hiddenAt === pos) return before;
  // The same help stays as it is drawn.
  const isSame = before.tooltip?.pos === pos && JSON.stringify(before.help) === JSON.stringify(help);
  return isSame
    ? before
    : { help, tooltip: { pos, above: true, create: () => ({ dom: drawn(help) }) }, hiddenAt: null };
}

function drawn({ shapes, argument }: SignatureHelp): HTMLElement {
  const box = document.createElement('div');
  box.className = 'cm-signature';
  box.setAttribute('role', 'status');
  box.setAttribute('aria-label', 'Signature');
  for (const shape of shapes.slice(0, SHOWN)) box.append(line(shape, argument));
  const about = shapes[0]?.about;
  if (about !== null && about !== undefined) {
    const words = document.createElement('div');
    words.className = 'cm-signature-about';
    words.textContent = about;
    box.append(words);
  }
  return box;
}

const SHOWN = 6;

function line({ name, parameters, result }: CallShape, argument: number): HTMLElement {
  const row = document.createElement('div');
  row.append(`${name}(`);
  // The last parameter may be repeated.
  const at = parameters.at(-1)?.endsWith('…') ? Math.min(argument, parameters.length - 1) : argument;
  for (const [index, parameter] of parameters.entries()) {
    const part = document.createElement(index === at ? 'strong' : 'span');
    part.textContent = parameter;
    row.append(...(index === 0 ? [] : [', ']), part);
  }
  row.append(`) → ${result}`);
  return row;
}
