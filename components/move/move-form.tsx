import { useQuery } from '@tanstack/react-query';
import { StepsEditor } from '@/components/steps/steps-editor';
import { Field } from '@/components/ui/field';
import { Checkbox, Input, Select } from '@/components/ui/input';
import { clustersQuery } from '@/lib/client/queries';
import type { ColumnShape, TableShape } from '@/lib/cql/schema-lookup';
import { formatCqlType } from '@/lib/cql/type-text';
import { COLUMN_USES, type ColumnDraft, type ColumnUse, columnDraft, literalOf, type MoveDraft } from './move-draft';

export interface MoveFormProps {
  shape: TableShape;
  draft: MoveDraft;
  /** Why its target may not be used; null: it may. */
  refusal: string | null;
  onChange: (draft: MoveDraft) => void;
}

/** Where rows go, or what they are compared with, and how. */
export function MoveForm({ shape, draft, refusal, onChange }: MoveFormProps) {
  const isCopy = draft.task === 'copy';
  const set = (change: Partial<MoveDraft>) => onChange({ ...draft, ...change });
  return (
    <div className="space-y-3">
      <Field label="Task">
        {(control) => (
          <Select
            {...control}
            value={draft.task}
            onChange={({ target }) => set({ task: target.value === 'compare' ? 'compare' : 'copy' })}
          >
            <option value="copy">Copy into another table</option>
            <option value="compare">Compare with another table</option>
          </Select>
        )}
      </Field>
      <Place draft={draft} refusal={refusal} onChange={set} />
      {isCopy && <Options draft={draft} onChange={set} />}
      <Field label="Rows a second, at most" hint="Leave empty to go as fast as both clusters take.">
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            value={draft.rate}
            onChange={({ target }) => set({ rate: target.value })}
          />
        )}
      </Field>
      {isCopy && <Columns shape={shape} draft={draft} onChange={onChange} />}
    </div>
  );
}

interface PartProps {
  draft: MoveDraft;
  onChange: (change: Partial<MoveDraft>) => void;
}

function Place({ draft, refusal, onChange }: PartProps & Pick<MoveFormProps, 'refusal'>) {
  const clusters = useQuery(clustersQuery()).data?.clusters ?? [];
  const needed = draft.task === 'compare' ? 'export' : 'write';
  const usable = clusters.filter(
    ({ readOnly, lacks }) => !lacks?.includes(needed) && (draft.task === 'compare' || !readOnly),
  );
  const chosen = clusters.find(({ name }) => name === draft.cluster);
  const lacksRight = chosen?.lacks?.includes(needed) ? `No role gives you ${needed} on it: choose another.` : undefined;
  const isReadOnly = draft.task === 'copy' && chosen?.readOnly === true;
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      <Field label="Cluster" error={isReadOnly ? 'It is read-only here: choose another.' : lacksRight}>
        {(control) => (
          <Select {...control} value={draft.cluster} onChange={({ target }) => onChange({ cluster: target.value })}>
            {chosen !== undefined && !usable.includes(chosen) && <option value={chosen.name}>{chosen.label}</option>}
            {usable.map(({ name, label }) => (
              <option key={name} value={name}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Keyspace">
        {(control) => (
          <Input
            {...control}
            mono
            value={draft.keyspace}
            onChange={({ target }) => onChange({ keyspace: target.value })}
          />
        )}
      </Field>
      <Field label="Table" error={lacksRight === undefined ? (refusal ?? undefined) : undefined}>
        {(control) => (
          <Input {...control} mono value={draft.table} onChange={({ target }) => onChange({ table: target.value })} />
        )}
      </Field>
    </div>
  );
}

function Options({ draft, onChange }: PartProps) {
  return (
    <div className="space-y-2">
      <Checkbox checked={draft.create} onChange={({ target }) => onChange({ create: target.checked })}>
        Create the table if it is not there
      </Checkbox>
      <Checkbox
        className="flex"
        checked={draft.keepAges}
        onChange={({ target }) => onChange({ keepAges: target.checked })}
      >
        Keep write times and TTLs
      </Checkbox>
      <Field label="Check afterwards">
        {(control) => (
          <Select
            {...control}
            value={draft.verify}
            onChange={({ target: { value } }) =>
              onChange({ verify: value === 'none' || value === 'compare' ? value : 'count' })
            }
          >
            <option value="count">Count the rows in the target</option>
            <option value="compare">Count, and compare every value</option>
            <option value="none">Nothing</option>
          </Select>
        )}
      </Field>
    </div>
  );
}

function Columns({ shape, draft, onChange }: Omit<MoveFormProps, 'refusal'>) {
  const set = (name: string, column: ColumnDraft) =>
    onChange({ ...draft, columns: { ...draft.columns, [name]: column } });
  return (
    <fieldset className="space-y-2">
      <legend className="font-medium text-muted text-xs">Columns</legend>
      {shape.columns.map((column) => (
        <ColumnRow
          key={column.name}
          column={column}
          draft={columnDraft(draft, column.name)}
          onChange={(next) => set(column.name, next)}
        />
      ))}
    </fieldset>
  );
}

const USES: Readonly<Record<ColumnUse, string>> = {
  copy: 'copy into',
  change: 'change, into',
  constant: 'mask with',
  leave: 'leave out',
};

interface ColumnRowProps {
  column: ColumnShape;
  draft: ColumnDraft;
  onChange: (draft: ColumnDraft) => void;
}

function ColumnRow({ column: { name, type, kind }, draft, onChange }: ColumnRowProps) {
  const isKey = kind === 'partition_key' || kind === 'clustering';
  const typeText = formatCqlType(type);
  const choose = (value: string) => {
    const use = COLUMN_USES.find((one) => one === value) ?? 'copy';
    onChange({ ...draft, use, literal: draft.literal === '' ? literalOf(type) : draft.literal });
  };
  const input = (label: string, field: 'to' | 'literal') => (
    <Input
      mono
      aria-label={label}
      className="h-6 text-xs"
      value={draft[field]}
      onChange={({ target }) => onChange({ ...draft, [field]: target.value })}
    />
  );
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_minmax(0,1fr)] items-center gap-2 text-xs">
      <span className="truncate font-mono" title={`${name} ${typeText}`}>
        {name} <span className="text-faint">{typeText}</span>
      </span>
      <Select
        dense
        aria-label={`What becomes of ${name}`}
        value={draft.use}
        onChange={({ target }) => choose(target.value)}
      >
        {COLUMN_USES.filter((use) => use !== 'leave' || !isKey).map((use) => (
          <option key={use} value={use}>
            {USES[use]}
          </option>
        ))}
      </Select>
      {draft.use === 'constant' && input(`CQL literal for ${name}`, 'literal')}
      {draft.use !== 'constant' && draft.use !== 'leave' && input(`Column that ${name} is copied into`, 'to')}
      {draft.use === 'change' && (
        <div className="col-span-2 col-start-2">
          <StepsEditor
            name={name}
            type={typeText}
            steps={draft.steps}
            onChange={(steps) => onChange({ ...draft, steps })}
          />
        </div>
      )}
    </div>
  );
}
