import clsx from 'clsx';
import { useId } from 'react';
import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import { defaultConsistencySchema, serialConsistencySchema } from '@/lib/contract/common';
import type { MutationOptions, RowChange } from '@/lib/contract/mutations';
import { choicesFor } from '@/lib/edit/review';
import type { EditTable } from '@/lib/edit/table';
import { formatCount } from '@/lib/text/format';

const LEVELS = defaultConsistencySchema.options;
const SERIAL_LEVELS = serialConsistencySchema.options;
const BATCHES = ['row', 'partition', 'logged'] as const;

interface ReviewChoicesProps {
  table: EditTable;
  changes: readonly RowChange[];
  options: MutationOptions;
  disabled: boolean;
  /** The table's; undefined: it is not known yet. */
  defaultTtlSeconds: number | undefined;
  onOptions: (change: Partial<MutationOptions>) => void;
}

/** How the changes are run: only what applies to them is asked. */
export function ReviewChoices(props: ReviewChoicesProps) {
  const { table, changes, options, disabled, defaultTtlSeconds, onOptions } = props;
  const { mode, ttl, logged } = choicesFor(table, changes);
  const isGuarded = mode && options.mode === 'guarded';
  return (
    <fieldset disabled={disabled} aria-label="How the changes are run" className="space-y-3">
      {mode ? <Modes options={options} onOptions={onOptions} /> : <NoModes isCounter={!logged} />}
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <Field label="Consistency" hint="How many replicas must confirm each write.">
          {(control) => (
            <Select
              {...control}
              value={options.consistency}
              onChange={({ target }) =>
                onOptions({ consistency: LEVELS.find((one) => one === target.value) ?? 'LOCAL_QUORUM' })
              }
            >
              {LEVELS.map((level) => (
                <option key={level}>{level}</option>
              ))}
            </Select>
          )}
        </Field>
        {isGuarded && (
          <Field
            label="Serial consistency"
            hint="Of the condition. LOCAL_SERIAL stays in one datacenter; use one of them for a table."
          >
            {(control) => (
              <Select
                {...control}
                value={options.serialConsistency}
                onChange={({ target }) =>
                  onOptions({ serialConsistency: SERIAL_LEVELS.find((one) => one === target.value) ?? 'SERIAL' })
                }
              >
                {SERIAL_LEVELS.map((level) => (
                  <option key={level}>{level}</option>
                ))}
              </Select>
            )}
          </Field>
        )}
        {changes.length > 1 && (
          <Field label="Sent as" hint={BATCH_HINTS[options.batch]}>
            {(control) => (
              <Select
                {...control}
                value={options.batch}
                onChange={({ target }) => onOptions({ batch: BATCHES.find((one) => one === target.value) ?? 'row' })}
              >
                <option value="row">a statement for each row</option>
                <option value="partition">a batch for each partition</option>
                {logged && <option value="logged">one logged batch</option>}
              </Select>
            )}
          </Field>
        )}
        {ttl && <TtlRule {...{ defaultTtlSeconds, onOptions }} ttl={options.ttl} />}
      </div>
    </fieldset>
  );
}

const BATCH_HINTS: Readonly<Record<MutationOptions['batch'], string>> = {
  row: 'Each row succeeds or fails for itself.',
  partition: 'Rows of one partition change together or not at all. Partitions stand for themselves.',
  logged: 'All is applied in the end, but others may see a part of it before. It costs a write to the batch log.',
};

const MODES = [
  {
    mode: 'guarded',
    name: 'Guarded',
    says: 'Each statement has a condition (IF …) and is made only while the row is as you read it. It costs four round trips between replicas instead of one.',
  },
  {
    mode: 'plain',
    name: 'Plain',
    says: 'The row is read and compared just before, then written without a condition. It is cheaper, but overwrites what somebody else writes in between.',
  },
] as const;

function Modes({ options, onOptions }: Pick<ReviewChoicesProps, 'options' | 'onOptions'>) {
  const id = useId();
  return (
    <div role="radiogroup" aria-label="Guard" className="grid gap-2 sm:grid-cols-2">
      {MODES.map(({ mode, name, says }) => {
        const isChosen = options.mode === mode;
        return (
          <label
            key={mode}
            className={clsx('flex gap-2 rounded border p-2', isChosen ? 'border-accent bg-accent-soft' : 'border-line')}
          >
            <input
              type="radio"
              name={id}
              aria-label={name}
              aria-describedby={`${id}-${mode}`}
              checked={isChosen}
              onChange={() => onOptions({ mode })}
              className="mt-1 size-3.5 shrink-0 accent-accent"
            />
            <span className="min-w-0">
              <span className="font-medium text-sm">{name}</span>
              <span id={`${id}-${mode}`} className="block text-muted text-xs">
                {says}
              </span>
            </span>
          </label>
        );
      })}
    </div>
  );
}

function NoModes({ isCounter }: { isCounter: boolean }) {
  return (
    <p className="text-muted text-sm">
      {isCounter
        ? 'Counters are only added to. They take no condition, TTL or timestamp, and are never sent again.'
        : 'Cassandra takes no condition for the deletion of a range or a partition: it is written plain.'}
    </p>
  );
}

/** A second may be typed; nothing of it is sent before it is a number. */
function TtlRule({
  defaultTtlSeconds,
  ttl,
  onOptions,
}: Pick<ReviewChoicesProps, 'defaultTtlSeconds' | 'onOptions'> & Pick<MutationOptions, 'ttl'>) {
  const isSeconds = typeof ttl === 'number';
  const byDefault = defaultTtlSeconds === 0 ? ' (none)' : ` (${formatCount(defaultTtlSeconds ?? 0)} s)`;
  return (
    <Field
      label="TTL"
      hint={isSeconds ? 'Of every value that is written, in seconds. 0: it does not expire.' : TTL_HINTS[ttl]}
    >
      {(control) => (
        <div className="flex gap-2">
          <Select
            {...control}
            value={isSeconds ? 'seconds' : ttl}
            onChange={({ target: { value } }) =>
              onOptions({ ttl: value === 'seconds' ? (defaultTtlSeconds ?? 0) : value === 'table' ? 'table' : 'keep' })
            }
          >
            <option value="keep">keep what remains</option>
            <option value="table">the table’s default{defaultTtlSeconds === undefined ? '' : byDefault}</option>
            <option value="seconds">seconds</option>
          </Select>
          {isSeconds && (
            <Input
              aria-label="TTL in seconds"
              inputMode="numeric"
              className="w-28"
              defaultValue={ttl}
              onChange={({ target }) => {
                if (/^\d{1,9}$/.test(target.value.trim()))
                  onOptions({ ttl: Math.min(Number(target.value), MOST_TTL_SECONDS) });
              }}
            />
          )}
        </div>
      )}
    </Field>
  );
}

/** `Attributes.MAX_TTL`: 20 years. */
const MOST_TTL_SECONDS = 630_720_000;

const TTL_HINTS = {
  keep: 'Each value keeps what remains of its own TTL, and has none where it had none.',
  table: 'Values are written without a TTL of their own.',
} as const;
