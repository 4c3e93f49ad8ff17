import { Field } from '@/components/ui/field';
import { Checkbox, Input, Select } from '@/components/ui/input';
import type { CsvOptions } from './export-request';

const DELIMITERS: readonly (readonly [CsvOptions['delimiter'], string])[] = [
  [',', 'comma ,'],
  [';', 'semicolon ;'],
  ['\t', 'tab'],
  ['|', 'bar |'],
];

const LONGEST_NULL = 40;

export function CsvFields({ csv, onChange }: { csv: CsvOptions; onChange: (change: Partial<CsvOptions>) => void }) {
  return (
    <div className="space-y-1">
      <div className="grid grid-cols-2 gap-3">
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
        <Field label="Null is written as">
          {(control) => (
            <Input
              {...control}
              mono
              maxLength={LONGEST_NULL}
              placeholder="nothing"
              value={csv.nullText}
              onChange={({ target }) => onChange({ nullText: target.value })}
            />
          )}
        </Field>
      </div>
      <Checkbox className="flex" checked={csv.header} onChange={({ target }) => onChange({ header: target.checked })}>
        First line names the columns
      </Checkbox>
      <Checkbox
        className="flex"
        checked={csv.formulaSafe}
        onChange={({ target }) => onChange({ formulaSafe: target.checked })}
      >
        Safe for spreadsheets: put ' before text that would run as a formula (clear for exact text)
      </Checkbox>
    </div>
  );
}
