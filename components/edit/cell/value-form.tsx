import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { isPressed } from '@/components/ui/shortcuts';
import { Shown, shown } from '@/components/ui/shown';
import type { JsonValue } from '@/lib/contract/json';
import type { ColumnShape } from '@/lib/cql/schema-lookup';
import { formatCqlType } from '@/lib/cql/type-text';
import { type Draft, draftOf, fitsOneLine, readDraft, replacedBy, typedDraft } from '@/lib/edit/draft';
import { isCounter } from '@/lib/edit/edit-between';
import { keyProblem, readDelta } from '@/lib/edit/finished';
import { isText } from '@/lib/values/value-text';
import { CounterTools } from './input/counter-tools';
import { DraftTools, Tool } from './input/draft-tools';
import { DraftWords } from './input/draft-words';
import { type ControlProps, LeafInput } from './input/leaf-input';
import { OfferList, useOffers } from './input/use-offers';
import { useWords } from './input/use-words';
import { ValueBody } from './value-body';

export interface ValueFormProps {
  column: ColumnShape;
  /** The value to start from, null for a deleted one; undefined: unset. Later changes of it are not taken over. */
  value: JsonValue | undefined;
  /** Values of this column that are in memory, the most frequent first, to offer. */
  seen: readonly JsonValue[];
  /** Names the field; by default the column's name and type do. */
  label?: ReactNode;
  /** The column needs a value, as key columns do: it can be neither unset nor null. */
  required?: boolean | undefined;
  /** It is the whole partition key, which cannot be empty. */
  isAlone?: boolean | undefined;
  /** Takes the focus when it appears. */
  autoFocus?: boolean | undefined;
  /** With each change: the value, undefined while it is unset or wrong, and what is wrong, null for nothing. */
  onChange: (value: JsonValue | undefined, problem: string | null) => void;
}

/** A labelled field for the value of one column, with the inputs of a cell; it stays open. */
export function ValueForm(props: ValueFormProps) {
  const { column, value, label, required = false } = props;
  const { name, type } = column;
  const [id, noteId] = [useId(), useId()];
  const form = useFormDraft(props);
  const { draft, problem, change } = form;
  const words = useWords({ draft, type, value, problem, mayBeNull: !required });
  const [isRoom, setIsRoom] = useState(!fitsOneLine(draft, type));
  const control = {
    'aria-labelledby': id,
    'aria-describedby': noteId,
    ...(words.problem === null ? {} : { 'aria-invalid': true }),
  };
  return (
    <div className="min-w-0 space-y-1">
      <div id={id} className="font-medium text-muted text-xs">
        {label === undefined ? <ColumnLabel name={name} type={formatCqlType(type)} /> : shown(label)}
      </div>
      {isRoom ? (
        <ValueBody {...{ name, type, draft, control }} onDraft={change} focused={props.autoFocus === true} />
      ) : (
        <FormLine {...props} form={form} control={control} onRoom={() => setIsRoom(true)} />
      )}
      <DraftWords id={noteId} {...words} />
      <DraftTools draft={draft} type={type} onDraft={change} mayBeNull={!required} mayBeUnset={!required}>
        {isCounter(type) && <CounterTools draft={draft} onDraft={change} />}
        {isText(type) && !isRoom && <Tool onPress={() => setIsRoom(true)}>Several lines</Tool>}
      </DraftTools>
    </div>
  );
}

interface FormLineProps extends ValueFormProps {
  form: ReturnType<typeof useFormDraft>;
  control: ControlProps;
  /** The value needs several lines. */
  onRoom: () => void;
}

/** A value on one line, completed by those that the column has elsewhere. */
function FormLine({
  column: { type },
  seen,
  required = false,
  autoFocus = false,
  form,
  control,
  onRoom,
}: FormLineProps) {
  const { draft, change, isChanged } = form;
  const offers = useOffers(seen, draft, type, isChanged && draft.as === 'text');
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const marked = offers.texts[offers.at];
    if (isPressed('cellNull', event) && !required && !isCounter(type)) change({ as: 'null' });
    else if (marked !== undefined && isPressed('cellDown', event)) change(typedDraft(marked));
    else if (!offers.onKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onLines = (text: string) => {
    change(replacedBy(text, draft, type));
    onRoom();
  };
  return (
    <>
      <LeafInput
        draft={draft}
        type={type}
        onDraft={(next) => {
          offers.unmark();
          change(next);
        }}
        control={control}
        focused={autoFocus}
        list={offers.list}
        onKeyDown={onKeyDown}
        onLines={isText(type) ? onLines : undefined}
      />
      <OfferList offers={offers} onTake={(text) => change(typedDraft(text))} />
    </>
  );
}

function ColumnLabel({ name, type }: { name: string; type: string }) {
  return (
    <>
      <code className="text-ink">
        <Shown text={name} as="name" />
      </code>{' '}
      <span className="font-normal text-faint">{type}</span>
    </>
  );
}

/** The draft of a field, and what its reader is to know of it. */
function useFormDraft({ column, value, required = false, isAlone = false, onChange }: ValueFormProps) {
  const { type } = column;
  const [first] = useState((): Draft => (isCounter(type) ? typedDraft('') : draftOf(value, type)));
  const [draft, setDraft] = useState(first);
  const needs = { required, isAlone };
  const read = readOf(draft, column, value, needs);
  const isChanged = draft !== first;
  const change = (next: Draft) => {
    setDraft(next);
    const now = readOf(next, column, value, needs);
    onChange('value' in now ? now.value : undefined, 'value' in now ? null : now.problem);
  };
  return { draft, isChanged, change, problem: isChanged && 'problem' in read ? read.problem : null };
}

type FormRead = { readonly value: JsonValue | undefined } | { readonly problem: string };

function readOf(
  draft: Draft,
  column: ColumnShape,
  value: JsonValue | undefined,
  { required, isAlone }: { readonly required: boolean; readonly isAlone: boolean },
): FormRead {
  const { type } = column;
  if (isCounter(type)) {
    if (draft.as !== 'text' || draft.text.trim() === '') return { value };
    const delta = readDelta(draft.text, value ?? null);
    return 'problem' in delta ? delta : { value: String(delta.sum) };
  }
  const read = readDraft(draft, type);
  if ('problem' in read) return { problem: read.path === '' ? read.problem : `${read.path}: ${read.problem}` };
  const problem = required ? keyProblem(column, read.value, isAlone) : null;
  return problem === null ? read : { problem };
}
