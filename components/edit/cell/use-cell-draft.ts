import { useRef, useState } from 'react';
import type { JsonValue } from '@/lib/contract/json';
import type { CellEdit } from '@/lib/contract/mutations';
import type { ColumnShape } from '@/lib/cql/schema-lookup';
import { type Draft, draftOf, replacedBy, typedDraft } from '@/lib/edit/draft';
import { isCounter } from '@/lib/edit/edit-between';
import { finished } from '@/lib/edit/finished';
import type { AfterEdit } from './cell-keys';

interface Options {
  column: ColumnShape;
  value: JsonValue | undefined;
  typed?: string | undefined;
  onCommit: (edit: CellEdit, after: AfterEdit) => void;
  onCancel: () => void;
  onLeave?: ((after: AfterEdit) => void) | undefined;
}

/** The draft of a cell, from what is in it or was typed on it, and its end. */
export function useCellDraft({ column, value, typed, onCommit, onCancel, onLeave }: Options) {
  const { type } = column;
  const [original] = useState((): Draft => (isCounter(type) ? typedDraft('') : draftOf(value, type)));
  const [draft, setDraft] = useState((): Draft => (typed === undefined ? original : replacedBy(typed, original, type)));
  // What was given away already: the focus leaves a cell that has just been kept.
  const given = useRef<Draft>(null);
  const end = (last: Draft, act: () => void) => {
    if (given.current === last) return;
    given.current = last;
    act();
  };
  const leave = (after: AfterEdit) => (after === 'stay' || onLeave === undefined ? onCancel() : onLeave(after));
  const keep = (after: AfterEdit, last: Draft = draft): boolean => {
    const done = last === original ? { edit: null } : finished(column, value, last);
    if ('problem' in done) return false;
    const { edit } = done;
    end(last, () => (edit === null ? leave(after) : onCommit(edit, after)));
    return true;
  };
  const isChanged = draft !== original;
  const done = isChanged ? finished(column, value, draft) : { edit: null };
  const problem = 'problem' in done ? (done.path === '' ? done.problem : `${done.path}: ${done.problem}`) : null;
  return { draft, setDraft, isChanged, problem, keep, cancel: () => end(draft, onCancel) };
}
