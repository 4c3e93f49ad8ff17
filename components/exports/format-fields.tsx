'use client';

import { Field } from '@/components/ui/field';
import { Checkbox, Select } from '@/components/ui/input';
import { CONSISTENCY_LEVELS, type Consistency } from '@/lib/contract/common';
import type { CsvOptions } from './export-request';
import { Choice } from './source-fields';
import type { ExportChoicesState } from './use-export-choices';

const DELIMITERS: readonly (readonly [CsvOptions['delimiter'], string])[] = [
  [',', 'comma ,'],
  [';', 'semicolon ;'],
  ['\t', 'tab'],
  ['|', 'bar |'],
];

interface FormatFieldsProps {
  state: ExportChoicesState;
  /** The level that is used when none is chosen; undefined while unknown. */
  clusterConsistency: Consistency | undefined;
}

export function FormatFields({ state: { address, csv, set, setCsv }, clusterConsistency }: FormatFieldsProps) {
  return (
    <fieldset className="space-y-3">
      <legend className="mb-1 font-medium text-muted text-xs">Format</legend>
      <div className="flex gap-4">
        <Choice name="format" checked={address.format === 'csv'} onChoose={() => set({ format: 'csv' })}>
          CSV
        </Choice>
        <Choice name="format" checked={address.format === 'ndjson'} onChoose={() => set({ format: 'ndjson' })}>
          NDJSON (one object a line)
        </Choice>
      </div>
      {address.format === 'csv' && <CsvFields csv={csv} onChange={setCsv} />}
      <Field label="Consistency">
        {(control) => (
          <Select
            {...control}
            value={address.consistency ?? ''}
            onChange={({ target }) =>
              set({ consistency: CONSISTENCY_LEVELS.find((level) => level === target.value) ?? null })
            }
          >
            <option value="">
              the cluster’s own{clusterConsistency === undefined ? '' : ` (${clusterConsistency})`}
            </option>
            {READ_LEVELS.map((level) => (
              <option key={level}>{level}</option>
            ))}
          </Select>
        )}
      </Field>
    </fieldset>
  );
}

/** ANY and EACH_QUORUM are for writes. */
const READ_LEVELS = CONSISTENCY_LEVELS.filter((level) => level !== 'ANY' && level !== 'EACH_QUORUM');

function CsvFields({ csv, onChange }: { csv: CsvOptions; onChange: (change: Partial<CsvOptions>) => void }) {
  return (
    <div className="space-y-1">
      <Field label="Delimiter">
        {(control) => (
          <Select
            {...control}
            value={csv.delimiter}
            onChange={({ target }) => {
              const found = DELIMITERS.find(([delimiter]) => delimiter === target.value);
              if (found !== undefined) onChange({ delimiter: found[0] });
            }}
          >
            {DELIMITERS.map(([delimiter, label]) => (
              <option key={delimiter} value={delimiter}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Checkbox className="flex" checked={csv.header} onChange={({ target }) => onChange({ header: target.checked })}>
        First line names the columns
      </Checkbox>
      <Checkbox
        className="flex"
        checked={csv.formulaSafe}
        onChange={({ target }) => onChange({ formulaSafe: target.checked })}
      >
        Safe for spreadsheets: puts ' before text that would run as a formula
      </Checkbox>
      <p className="text-faint text-xs">Null is an empty field, empty text is "".</p>
    </div>
  );
}
