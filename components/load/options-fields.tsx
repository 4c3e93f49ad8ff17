import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import { TypedInput } from '@/components/ui/typed-input';
import { defaultConsistencySchema } from '@/lib/contract/common';
import type { DraftProblems, LoadDraft, UsingDraft } from './load-draft';

interface OptionsFieldsProps {
  draft: LoadDraft;
  problems: DraftProblems;
  fields: readonly string[];
  onChange: (change: Partial<LoadDraft>) => void;
}

/** The driver cannot send ANY. */
const LEVELS = defaultConsistencySchema.options.filter((level) => level !== 'ANY');

/** How rows are written, and when a load gives up. */
export function OptionsFields({ draft, problems, fields, onChange }: OptionsFieldsProps) {
  return (
    <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
      <WritingFields draft={draft} onChange={onChange} />
      <Using
        label="TTL in seconds"
        value={draft.ttl}
        problem={problems.ttl}
        fields={fields}
        onChange={(ttl) => onChange({ ttl })}
      />
      <Using
        label="Write time in microseconds"
        value={draft.timestamp}
        problem={problems.timestamp}
        fields={fields}
        onChange={(timestamp) => onChange({ timestamp })}
      />
      <Field
        label="Rows a second, at most"
        error={problems.rate}
        hint="Leave empty to go as fast as the cluster takes."
      >
        {(control) => (
          <TypedInput {...control} inputMode="numeric" value={draft.rate} onCommit={(rate) => onChange({ rate })} />
        )}
      </Field>
      <Field
        label="Stop after so many failed rows"
        error={problems.failures}
        hint="Leave empty to go on whatever fails."
      >
        {(control) => (
          <TypedInput
            {...control}
            inputMode="numeric"
            value={draft.failures}
            onCommit={(failures) => onChange({ failures })}
          />
        )}
      </Field>
    </div>
  );
}

/** What a null does, the level, and what is read back. */
function WritingFields({ draft, onChange }: Pick<OptionsFieldsProps, 'draft' | 'onChange'>) {
  return (
    <>
      <Field label="A null in the file" hint="A tombstone for each null slows down later reads.">
        {(control) => (
          <Select
            {...control}
            value={draft.nulls}
            onChange={({ target }) => onChange({ nulls: target.value === 'tombstone' ? 'tombstone' : 'unset' })}
          >
            <option value="unset">leaves the column as it is</option>
            <option value="tombstone">deletes what is there (a tombstone)</option>
          </Select>
        )}
      </Field>
      <Field label="Consistency">
        {(control) => (
          <Select
            {...control}
            value={draft.consistency}
            onChange={({ target }) =>
              onChange({ consistency: LEVELS.find((level) => level === target.value) ?? draft.consistency })
            }
          >
            {LEVELS.map((level) => (
              <option key={level}>{level}</option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Read back afterwards">
        {(control) => (
          <Select
            {...control}
            value={draft.verify}
            onChange={({ target }) => onChange({ verify: verifyOf(target.value) })}
          >
            <option value="sample">a sample of the rows</option>
            <option value="full">all rows</option>
            <option value="none">nothing</option>
          </Select>
        )}
      </Field>
    </>
  );
}

function verifyOf(value: string): LoadDraft['verify'] {
  return value === 'full' || value === 'none' ? value : 'sample';
}

interface UsingProps {
  label: string;
  value: UsingDraft;
  problem: string | undefined;
  fields: readonly string[];
  onChange: (value: UsingDraft) => void;
}

const NONE = 'none';
const CONSTANT = 'constant';
const FIELD = 'field:';

function Using({ label, value, problem, fields, onChange }: UsingProps) {
  const shown = value.kind === 'field' ? FIELD + value.text : value.kind;
  return (
    <Field label={label} error={problem}>
      {(control) => (
        <div className="flex gap-1">
          <Select
            {...control}
            value={shown}
            onChange={({ target }) => {
              if (target.value.startsWith(FIELD)) onChange({ kind: 'field', text: target.value.slice(FIELD.length) });
              else onChange({ kind: target.value === CONSTANT ? 'constant' : 'none', text: '' });
            }}
          >
            <option value={NONE}>none stated</option>
            <option value={CONSTANT}>the same for all rows…</option>
            {fields.map((field) => (
              <option key={field} value={FIELD + field}>
                {field}
              </option>
            ))}
          </Select>
          {value.kind === 'constant' && (
            <TypedInput
              aria-label={`${label}, of all rows`}
              inputMode="numeric"
              value={value.text}
              onCommit={(text) => onChange({ kind: 'constant', text: text.trim() })}
            />
          )}
        </div>
      )}
    </Field>
  );
}
