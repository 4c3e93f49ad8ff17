import type { Completion, CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete';
import { type CompletionKnowledge, type Suggestion, type SuggestionKind, suggest } from '@/lib/workbench/completion';

/** The library's names for icons. */
const ICONS: Record<SuggestionKind, string> = {
  keyspace: 'namespace',
  table: 'class',
  column: 'property',
  type: 'type',
  function: 'function',
  keyword: 'keyword',
};

/** Names of the schema before functions before keywords. */
const BOOSTS: Record<SuggestionKind, number> = { column: 3, table: 3, keyspace: 2, function: 0, keyword: 0, type: -1 };

export function cqlCompletions(knowledge: () => CompletionKnowledge): CompletionSource {
  return (context: CompletionContext): CompletionResult | null => {
    const found = suggest(context.state.doc.toString(), context.pos, knowledge());
    if (found === null) return null;
    const begun = found.from < context.pos || context.state.sliceDoc(context.pos - 1, context.pos) === '.';
    if (!begun && !context.explicit) return null;
    // A word that is already complete must not swallow the next Enter.
    const isWhole = (word: string) => isOnlyOption(word, found.options);
    if (!context.explicit && isWhole(context.state.sliceDoc(found.from, context.pos))) return null;
    const validFor = (word: string) => WORD_BEGUN.test(word) && !isWhole(word);
    return { from: found.from, options: found.options.map(completionOf), validFor };
  };
}

const WORD_BEGUN = /^["A-Za-z0-9_]*$/;

function isOnlyOption(word: string, options: readonly Suggestion[]): boolean {
  const begun = options.filter(({ text }) => text.toLowerCase().startsWith(word.toLowerCase()));
  return begun.length === 1 && begun[0]?.text.toLowerCase() === word.toLowerCase();
}

function completionOf({ text, kind, detail }: Suggestion): Completion {
  const inside = /\(\)$|<>$/.test(text);
  return {
    label: text,
    type: ICONS[kind],
    boost: BOOSTS[kind],
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
