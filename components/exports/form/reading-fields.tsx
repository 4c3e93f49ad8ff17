import { Field } from '@/components/ui/field';
import { Fold } from '@/components/ui/fold';
import { Checkbox, Input, Select } from '@/components/ui/input';
import { CONSISTENCY_LEVELS, type Consistency } from '@/lib/contract/common';
import { formatCount, plural } from '@/lib/text/format';
import type { ExportOptions } from './export-request';
import type { ExportChoicesState } from './use-export-choices';

interface ConsistencyFieldProps {
  state: ExportChoicesState;
  /** The level used when none is chosen; undefined while unknown. */
  clusterConsistency: Consistency | undefined;
}

/** ANY and EACH_QUORUM are for writes. */
const READ_LEVELS = CONSISTENCY_LEVELS.filter((level) => level !== 'ANY' && level !== 'EACH_QUORUM');

export function ConsistencyField({ state: { address, set }, clusterConsistency }: ConsistencyFieldProps) {
  return (
    <Field label="Consistency">
      {(control) => (
        <Select
          {...control}
          value={address.consistency ?? ''}
          onChange={({ target }) =>
            set({ consistency: CONSISTENCY_LEVELS.find((level) => level === target.value) ?? null })
          }
        >
          <option value="">{clusterConsistency ?? 'the cluster’s level'} (default)</option>
          {READ_LEVELS.map((level) => (
            <option key={level}>{level}</option>
          ))}
        </Select>
      )}
    </Field>
  );
}

/** What most exports leave as it is: columns beyond the table's own, and the load on the cluster. */
export function ReadingFields({ state: { address, options, setOptions } }: { state: ExportChoicesState }) {
  return (
    <>
      {address.statement === null && (
        <ExtraColumns extras={options.extras} onChange={(extras) => setOptions({ extras })} />
      )}
      <Pace limits={options.limits} onChange={(limits) => setOptions({ limits })} />
    </>
  );
}

type Extras = ExportOptions['extras'];

function ExtraColumns({ extras, onChange }: { extras: Extras; onChange: (extras: Extras) => void }) {
  const chosen = [extras.ttl ? 'TTL' : '', extras.writetime ? 'write time' : ''].filter(Boolean).join(' and ');
  return (
    <Fold title={`Extra columns: ${chosen === '' ? 'none' : chosen}`}>
      <Checkbox
        className="flex"
        checked={extras.ttl}
        onChange={({ target }) => onChange({ ...extras, ttl: target.checked })}
      >
        Time to live, as ttl(column)
      </Checkbox>
      <Checkbox
        className="flex"
        checked={extras.writetime}
        onChange={({ target }) => onChange({ ...extras, writetime: target.checked })}
      >
        Write time in microseconds, as writetime(column)
      </Checkbox>
      <p className="text-faint text-xs">One column each for every regular column that has them.</p>
    </Fold>
  );
}

type Limits = ExportOptions['limits'];

const KIB = 1_024;
const MOST_CONCURRENCY = 256;

function Pace({ limits, onChange }: { limits: Limits; onChange: (limits: Limits) => void }) {
  return (
    <Fold title={`Pace: ${paceText(limits)}`}>
      <div className="grid grid-cols-3 gap-3">
        <Limit
          label="Rows per second"
          value={limits.maxRowsPerSecond}
          onChange={(maxRowsPerSecond) => onChange(without({ ...limits, maxRowsPerSecond }))}
        />
        <Limit
          label="KiB per second"
          value={limits.maxBytesPerSecond === undefined ? undefined : Math.ceil(limits.maxBytesPerSecond / KIB)}
          onChange={(kib) =>
            onChange(without({ ...limits, maxBytesPerSecond: kib === undefined ? undefined : kib * KIB }))
          }
        />
        <Limit
          label="Pages at once"
          max={MOST_CONCURRENCY}
          value={limits.maxConcurrency}
          onChange={(maxConcurrency) => onChange(without({ ...limits, maxConcurrency }))}
        />
      </div>
      <p className="mt-1 text-faint text-xs">
        Upper limits. Leave empty to let Ringside start slowly, speed up while the nodes respond quickly, and back off
        when they do not.
      </p>
    </Fold>
  );
}

function paceText({ maxRowsPerSecond, maxBytesPerSecond, maxConcurrency }: Limits): string {
  const facts = [
    maxRowsPerSecond === undefined ? '' : `${formatCount(maxRowsPerSecond)} rows/s`,
    maxBytesPerSecond === undefined ? '' : `${formatCount(Math.ceil(maxBytesPerSecond / KIB))} KiB/s`,
    maxConcurrency === undefined ? '' : `${plural(maxConcurrency, 'page')} at once`,
  ].filter((fact) => fact !== '');
  return facts.length === 0 ? 'as fast as the nodes can take' : `at most ${facts.join(', ')}`;
}

/** Only the limits that are set; the engine decides the others. */
function without(limits: { [Name in keyof Limits]: Limits[Name] | undefined }): Limits {
  const { maxRowsPerSecond, maxBytesPerSecond, maxConcurrency } = limits;
  return {
    ...(maxRowsPerSecond === undefined ? {} : { maxRowsPerSecond }),
    ...(maxBytesPerSecond === undefined ? {} : { maxBytesPerSecond }),
    ...(maxConcurrency === undefined ? {} : { maxConcurrency }),
  };
}

interface LimitProps {
  label: string;
  value: number | undefined;
  max?: number;
  onChange: (value: number | undefined) => void;
}

function Limit({ label, value, max = 1_000_000_000, onChange }: LimitProps) {
  return (
    <Field label={label}>
      {(control) => (
        <Input
          {...control}
          type="number"
          min={1}
          max={max}
          placeholder="no limit"
          value={value ?? ''}
          onChange={({ target }) => {
            const typed = Math.trunc(Number(target.value));
            onChange(typed >= 1 ? Math.min(typed, max) : undefined);
          }}
        />
      )}
    </Field>
  );
}
