import { Field } from '@/components/ui/field';
import { Checkbox, Select } from '@/components/ui/input';
import { Shown } from '@/components/ui/shown';
import { TypedInput } from '@/components/ui/typed-input';
import { EXPORT_FORMATS } from '@/lib/contract/export-formats';
import { COMPRESSIONS } from '@/lib/contract/exports';
import type { LoadPreview } from '@/lib/contract/load';
import { ENCODINGS, type SourceOptions } from '@/lib/contract/load-sources';
import type { LoadDraft } from './load-draft';

interface FormatFieldsProps {
  chosen: LoadDraft['source'];
  /** As given, and for the rest as found out. */
  found: SourceOptions;
  guesses: LoadPreview['guesses'];
  /** Names of the fields of the first records. */
  fields: readonly string[];
  onChange: (source: LoadDraft['source']) => void;
}

const DELIMITERS = [
  [',', 'comma ,'],
  [';', 'semicolon ;'],
  ['\t', 'tab'],
  ['|', 'bar |'],
] as const;

/** How the bytes of the file become records. What was found out is chosen already. */
export function FormatFields({ chosen, found, guesses, fields, onChange }: FormatFieldsProps) {
  const csv = (change: LoadDraft['source']['csv']) => onChange({ ...chosen, csv: { ...chosen.csv, ...change } });
  return (
    <div className="space-y-2">
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        <Choice
          label="Format"
          value={found.format}
          values={EXPORT_FORMATS}
          // What was chosen for another format says nothing about this one.
          onChange={(format) => onChange({ ...chosen, format, csv: undefined })}
        />
        <Choice
          label="Compression"
          value={found.compression}
          values={[...COMPRESSIONS, 'auto'] as const}
          onChange={(compression) => onChange({ ...chosen, compression })}
        />
        {found.format === 'csv' && (
          <Delimiter value={found.csv.delimiter} onChange={(delimiter) => csv({ delimiter })} />
        )}
        {found.format !== 'parquet' && (
          <Choice
            label="Encoding"
            value={found.csv.encoding}
            values={ENCODINGS}
            onChange={(encoding) => csv({ encoding })}
          />
        )}
      </div>
      {found.format === 'csv' && <CsvFields found={found.csv} fields={fields} onChange={csv} />}
      {guesses.length > 0 && (
        <p className="text-muted text-xs">
          Found out:{' '}
          <Shown text={guesses.map(({ option, reason }) => `${option}, as ${reason}`).join('; ')} as="text" />.
        </p>
      )}
    </div>
  );
}

interface CsvFieldsProps extends Pick<FormatFieldsProps, 'fields'> {
  found: SourceOptions['csv'];
  onChange: (csv: LoadDraft['source']['csv']) => void;
}

function CsvFields({ found, fields, onChange }: CsvFieldsProps) {
  return (
    <>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        <Sign label="Quote" value={found.quote} onChange={(quote) => onChange({ quote })} />
        <Sign label="Escape" value={found.escape} onChange={(sign) => onChange({ escape: sign })} />
        <Field label="Null is written as" className="col-span-2">
          {(control) => (
            <TypedInput
              {...control}
              mono
              maxLength={40}
              placeholder="nothing; quoted, it is empty text"
              value={found.nullText}
              onCommit={(nullText) => onChange({ nullText })}
            />
          )}
        </Field>
      </div>
      <div className="flex flex-wrap gap-x-4">
        <Checkbox
          checked={found.header === true}
          onChange={({ target }) =>
            onChange({ header: target.checked ? true : fields.map((_, at) => `field_${at + 1}`) })
          }
        >
          The first record has the names
        </Checkbox>
        <Checkbox checked={found.formulaSafe} onChange={({ target }) => onChange({ formulaSafe: target.checked })}>
          Made safe for spreadsheets: take the ' away again
        </Checkbox>
      </div>
      {found.header !== true && (
        <Field label="Names of the fields, with commas between" hint="In the order of the file.">
          {(control) => (
            <TypedInput
              {...control}
              mono
              value={found.header === true ? '' : found.header.join(',')}
              onCommit={(text) => onChange({ header: text.split(',').map((name) => name.trim()) })}
            />
          )}
        </Field>
      )}
    </>
  );
}

function Delimiter({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const known = DELIMITERS.some(([sign]) => sign === value);
  return (
    <Field label="Delimiter">
      {(control) => (
        <Select {...control} value={value} onChange={({ target }) => onChange(target.value)}>
          {!known && <option value={value}>{value}</option>}
          {DELIMITERS.map(([sign, name]) => (
            <option key={sign} value={sign}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

function Sign({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string | null;
  onChange: (value: string | null) => void;
}) {
  return (
    <Field label={label}>
      {(control) => (
        <TypedInput
          {...control}
          mono
          maxLength={1}
          placeholder="none"
          value={value ?? ''}
          onCommit={(text) => onChange(text === '' ? null : text)}
        />
      )}
    </Field>
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  values: readonly Value[];
  onChange: (value: Value) => void;
}

function Choice<Value extends string>({ label, value, values, onChange }: ChoiceProps<Value>) {
  return (
    <Field label={label}>
      {(control) => (
        <Select
          {...control}
          value={value}
          onChange={({ target }) => {
            const next = values.find((one) => one === target.value);
            if (next !== undefined) onChange(next);
          }}
        >
          {values.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </Select>
      )}
    </Field>
  );
}
