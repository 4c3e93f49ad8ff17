import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  type CompletionSource,
  completionStatus,
  snippetCompletion,
  startCompletion,
} from '@codemirror/autocomplete';
import type { EditorState } from '@codemirror/state';
import { type Suggestions, suggest } from '@/lib/workbench/completion';
import type { CompletionKnowledge } from '@/lib/workbench/completion-knowledge';
import { SNIPPET_NAMES } from '@/lib/workbench/snippet-names';
import { snippetsFor, snippetTemplate } from '@/lib/workbench/snippets';
import type { Suggestion, SuggestionKind } from '@/lib/workbench/suggestion';
import { statementAtCursor } from './active-statement';
import { tableOf } from './insert-snippet';
import type { LatestKnowledge } from './latest-knowledge';

/** The library's names for icons. */
const ICONS: Record<SuggestionKind, string> = {
  keyspace: 'namespace',
  table: 'class',
  column: 'property',
  field: 'property',
  type: 'type',
  function: 'function',
  operator: 'keyword',
  value: 'constant',
  option: 'property',
  keyword: 'keyword',
};

/** The library adds this to how well a word fits: between words that fit alike, the order is ours. */
const MOST_BOOST = 99;

/** Proposals at the cursor. While the schema is on its way they wait for it, unless no name can be meant there. */
export function cqlCompletions(known: LatestKnowledge): CompletionSource {
  const source = proposals(() => known.now);
  return (context: CompletionContext) => {
    const schema = known.arrival();
    if (schema === null || suggestHere(context.state, context.pos, known.now)?.isOpening === true)
      return source(context);
    // What is typed meanwhile is asked about by itself.
    context.addEventListener('abort', () => {}, { onDocChange: true });
    return schema.then(() => source(context) ?? askAgain(context));
  };
}

/**
 * Nothing fits what was typed; but a key may have asked for all proposals there, while this waited for the schema. The library
 * (6.20) asks one source once at a time, and forgets such a key when the answer is nothing.
 */
function askAgain({ view }: CompletionContext): null {
  if (view !== undefined) {
    setTimeout(() => {
      if (completionStatus(view.state) === 'pending') startCompletion(view);
    });
  }
  return null;
}

function proposals(knowledge: () => CompletionKnowledge) {
  return (context: CompletionContext): CompletionResult | null => {
    const { state, pos, explicit } = context;
    const found = suggestHere(state, pos, knowledge());
    if (found === null) return null;
    const begun = found.from < pos || state.sliceDoc(pos - 1, pos) === '.';
    if (!begun && !explicit) return null;
    // A word that is already complete must not swallow the next Enter.
    const isWhole = (word: string) => isOnlyOption(word, found.options);
    if (!explicit && isWhole(state.sliceDoc(found.from, pos))) return null;
    const validFor = (word: string) => WORD_BEGUN.test(word) && !isWhole(word);
    const options = found.options.map(completionOf);
    const snippets = found.isOpening === true ? snippetsAt(state, knowledge()) : [];
    return {
      from: found.from,
      ...(found.to === undefined ? {} : { to: found.to }),
      options: [...options, ...snippets],
      validFor,
    };
  };
}

/** Only the statement at the cursor is read, not the document; before its first word, all up to its end. */
function suggestHere(state: EditorState, pos: number, knowledge: CompletionKnowledge): Suggestions | null {
  const span = statementAtCursor(state);
  const start = span === undefined || span.start > pos ? 0 : span.start;
  const found = suggest(state.sliceDoc(start, Math.max(span?.end ?? pos, pos) + 1), pos - start, knowledge);
  if (found === null) return null;
  return { ...found, from: start + found.from, ...(found.to === undefined ? {} : { to: start + found.to }) };
}

function snippetsAt(state: EditorState, knowledge: CompletionKnowledge): Completion[] {
  const table = tableOf(state, knowledge);
  const able = new Set(snippetsFor(table));
  return SNIPPET_NAMES.filter(([id]) => able.has(id)).map(([id, label]) =>
    snippetCompletion(snippetTemplate(id, table), { label, detail: table?.table.name ?? 'snippet', type: 'text' }),
  );
}

const WORD_BEGUN = /^["'A-Za-z0-9_]*$/;

function isOnlyOption(word: string, options: readonly Suggestion[]): boolean {
  const begun = options.filter(({ text }) => text.toLowerCase().startsWith(word.toLowerCase()));
  return begun.length === 1 && begun[0]?.text.toLowerCase() === word.toLowerCase();
}

function completionOf({ text, kind, detail }: Suggestion, index: number): Completion {
  const inside = /(\(\)|<>|\{\}|\[\])$/.test(text);
  return {
    label: text,
    type: ICONS[kind],
    boost: Math.max(MOST_BOOST - index, -MOST_BOOST),
    ...(detail === undefined ? {} : { detail }),
    ...(inside ? { apply: applyAround } : {}),
  };
}

/** Writes `token()` or `list<>` and puts the cursor between its marks. */
const applyAround: Exclude<Completion['apply'], string | undefined> = (view, { label }, from, to) => {
  view.dispatch({
    changes: { from, to, insert: label },
    selection: { anchor: from + label.length - 1 },
    userEvent: 'input.complete',
  });
};
