import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/error-state';
import { Field } from '@/components/ui/field';
import { Checkbox, Input, Select } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { Shown } from '@/components/ui/shown';
import type { ChangeStore } from '@/lib/changes/change-store';
import { deletionCountQuery } from '@/lib/client/change-many';
import { errorText } from '@/lib/client/error-text';
import { useDebounced } from '@/lib/client/use-debounced';
import type { DeletionCount } from '@/lib/contract/change-many';
import { jsonText } from '@/lib/contract/json';
import type { RowChange } from '@/lib/contract/mutations';
import type { RowKey } from '@/lib/cql/row-key';
import { plural } from '@/lib/text/format';
import { type BoundDraft, type DeletionDraft, type DeletionForm, deletionOf, WHOLE_PARTITION } from './deletion';

export interface DeleteManyDialogProps {
  store: ChangeStore;
  /** The row that it was opened from, by its whole key. */
  of: RowKey;
  onClose: () => void;
}

/** Typing a bound counts once it stands still. */
const TYPING_MS = 400;

/** Puts the deletion of a range or a partition into the queue, after a bounded count of what it would delete. */
export function DeleteManyDialog({ store, of, onClose }: DeleteManyDialogProps) {
  const { place, table } = store;
  const [draft, setDraft] = useState<DeletionDraft>(WHOLE_PARTITION);
  const [problem, setProblem] = useState<string>();
  const form = deletionOf(table, of, draft);
  const count = useCount(store, form.change);
  const add = () => {
    if (form.change === null) return;
    try {
      store.act({ do: 'change', change: form.change });
      onClose();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  const isCounted = count.data !== undefined && !count.isPlaceholderData;
  const footer = (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button variant="danger" disabled={!isCounted || form.change === null} onClick={add}>
        {draft.equal === null ? 'Delete the partition' : 'Delete the range'}
      </Button>
    </>
  );
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Delete a range or a partition"
      description={`Of ${place.keyspace}.${place.table}. Nothing is sent yet: it waits with your other changes for the review.`}
      footer={footer}
    >
      <div className="flex flex-col gap-3 text-sm">
        <ScopeFields store={store} of={of} draft={draft} form={form} onChange={setDraft} />
        {form.change !== null && <Counted count={count} change={form.change} />}
        {problem !== undefined && (
          <Notice tone="warn" title="It cannot wait with the other changes">
            {problem}
          </Notice>
        )}
      </div>
    </Dialog>
  );
}

/** Counts once nothing more is typed. */
function useCount({ place }: ChangeStore, change: RowChange | null): UseQueryResult<DeletionCount> {
  const text = useDebounced(change === null ? '' : jsonText(change), TYPING_MS);
  const isSettled = change !== null && text === jsonText(change);
  return useQuery(deletionCountQuery(place, isSettled ? change : null));
}

interface ScopeFieldsProps {
  store: ChangeStore;
  of: RowKey;
  draft: DeletionDraft;
  form: DeletionForm;
  onChange: (draft: DeletionDraft) => void;
}

function ScopeFields({ store, of, draft, form, onChange }: ScopeFieldsProps) {
  const { clusteringKey } = store.table.shape;
  const said = (names: readonly string[]) => names.map((name) => `${name} = ${jsonText(of[name])}`).join(', ');
  return (
    <>
      <Field label="What to delete">
        {(control) => (
          <Select
            {...control}
            value={draft.equal === null ? '' : String(draft.equal)}
            onChange={({ target }) =>
              onChange({ ...WHOLE_PARTITION, equal: target.value === '' ? null : Number(target.value) })
            }
          >
            <option value="">The whole partition, {said(store.table.shape.partitionKey)}</option>
            {clusteringKey.map((name, at) => (
              <option key={name} value={at}>
                Rows by {name}
                {at === 0 ? '' : `, where ${said(clusteringKey.slice(0, at))}`}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {form.bounded !== null && (
        <div className="grid gap-3 sm:grid-cols-2">
          <BoundFields
            label={`${form.bounded} from`}
            bound={draft.from}
            error={form.problems.from}
            onChange={(from) => onChange({ ...draft, from })}
          />
          <BoundFields
            label={`${form.bounded} to`}
            bound={draft.to}
            error={form.problems.to}
            onChange={(to) => onChange({ ...draft, to })}
          />
        </div>
      )}
    </>
  );
}

interface BoundFieldsProps {
  label: string;
  bound: BoundDraft;
  error: string | undefined;
  onChange: (bound: BoundDraft) => void;
}

function BoundFields({ label, bound, error, onChange }: BoundFieldsProps) {
  return (
    <div className="space-y-1">
      <Field label={label} error={error} hint="Leave empty for no bound.">
        {(control) => (
          <Input
            {...control}
            mono
            value={bound.text}
            onChange={({ target }) => onChange({ ...bound, text: target.value })}
          />
        )}
      </Field>
      <Checkbox checked={bound.inclusive} onChange={({ target }) => onChange({ ...bound, inclusive: target.checked })}>
        including this value
      </Checkbox>
    </div>
  );
}

function Counted({ count, change }: { count: UseQueryResult<DeletionCount>; change: RowChange }) {
  if (count.error !== null) return <ErrorState {...errorText(count.error)} onRetry={() => void count.refetch()} />;
  if (count.data === undefined)
    return (
      <p role="status" className="text-muted">
        Counting what it would delete…
      </p>
    );
  const { rows, isComplete, at, statement, consistency, statics } = count.data;
  return (
    <div className="space-y-2">
      <p role="status">
        It would delete <strong>{isComplete ? plural(rows, 'row') : `at least ${plural(rows, 'row')}`}</strong>, counted
        at <time dateTime={at}>{new Date(at).toLocaleTimeString('en-GB')}</time> with {consistency}. Rows written later
        go too.
      </p>
      {statics !== null && (
        <Notice tone="warn" title="The partition’s static values go with it">
          <Shown
            text={Object.entries(statics)
              .map(([name, value]) => `${name} = ${jsonText(value)}`)
              .join(', ')}
            as="text"
          />
        </Notice>
      )}
      {change.kind === 'delete_range' && <p className="text-muted text-xs">Static values stay with the partition.</p>}
      <p className="text-muted text-xs">
        One tombstone covers all of it. It cannot be undone: to keep old values, use “Change rows like these” with a
        journal.
      </p>
      <code className="block break-words text-faint text-xs">
        <Shown text={statement} as="text" />
      </code>
    </div>
  );
}
