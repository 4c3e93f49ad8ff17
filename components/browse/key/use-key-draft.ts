import { useState } from 'react';
import {
  fixedClustering,
  type KeyProblem,
  type KeyTexts,
  keyColumnsOf,
  readKey,
  textsOfFilters,
} from '@/lib/browse/partition-key';
import type { Filter } from '@/lib/contract/filters';
import type { TableShape } from '@/lib/cql/schema-lookup';
import { typedNote } from '@/lib/wire/typed-value';

const NO_PROBLEMS: readonly KeyProblem[] = [];

/**
 * The key as it is typed. Until somebody types, the fields show the selected row's key, else what the filters hold to one
 * value: what was typed is never replaced.
 */
export function useKeyDraft(shape: TableShape, filters: readonly Filter[], row: KeyTexts | null) {
  const [draft, setDraft] = useState<KeyTexts | null>(null);
  const [tried, setTried] = useState(false);
  const [added, setAdded] = useState(0);
  const start: KeyTexts = new Map([...textsOfFilters(filters), ...(row ?? [])]);
  const texts = draft ?? start;
  const more = Math.max(added, fixedClustering(filters, shape));
  const { partition, clustering } = keyColumnsOf(shape);
  const read = readKey(shape, texts, more);
  const problems = 'problems' in read ? read.problems : NO_PROBLEMS;
  const columns = [...partition, ...clustering.slice(0, more)];
  const notes = columns.flatMap(({ name, type }) => {
    const note = typedNote(texts.get(name) ?? '', type);
    return note === null || draft === null ? [] : [`${name} ${note}`];
  });
  return {
    columns,
    /** The clustering column that can be added next. */
    next: clustering[more]?.name,
    texts,
    read,
    /** What is wrong and should be said: an empty field is only wrong once somebody wanted to open. */
    shown: problems.filter(({ kind }) => kind === 'wrong' || tried),
    note: notes[0] ?? null,
    isTyped: draft !== null,
    type: (name: string, text: string) => {
      const next = new Map(texts);
      if (text === '') next.delete(name);
      else next.set(name, text);
      setDraft(next);
    },
    add: () => setAdded(more + 1),
    try: () => setTried(true),
    reset: () => {
      setDraft(null);
      setTried(false);
      setAdded(0);
    },
  };
}
