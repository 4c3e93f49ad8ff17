'use client';

import { useQuery } from '@tanstack/react-query';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import { exportsQuery } from '@/lib/client/exports-query';
import { EXPORT_FORMATS, FORMATS } from '@/lib/contract/export-formats';
import { COMPRESSIONS } from '@/lib/contract/exports';
import { Choice } from './choice';
import { CsvFields } from './csv-fields';
import { ParquetFields } from './parquet-fields';
import type { ExportChoicesState } from './use-export-choices';

export function FormatFields({ state }: { state: ExportChoicesState }) {
  const { address, options, set, setOptions } = state;
  const { format } = address;
  const own = FORMATS[format].options;
  return (
    <fieldset className="space-y-3">
      <legend className="mb-1 font-medium text-muted text-xs">Format</legend>
      <div>
        <div className="flex flex-wrap gap-x-4">
          {EXPORT_FORMATS.map((name) => (
            <Choice key={name} name="format" checked={format === name} onChoose={() => set({ format: name })}>
              {FORMATS[name].label}
            </Choice>
          ))}
        </div>
        <p className="text-faint text-xs">{FORMATS[format].hint}</p>
      </div>
      {own === 'csv' && (
        <CsvFields csv={options.csv} onChange={(change) => setOptions({ csv: { ...options.csv, ...change } })} />
      )}
      {own === 'parquet' && (
        <ParquetFields
          parquet={options.parquet}
          onChange={(change) => setOptions({ parquet: { ...options.parquet, ...change } })}
        />
      )}
    </fieldset>
  );
}

/** Of the whole file; Parquet compresses inside. */
export function CompressionField({ state: { options, setOptions } }: { state: ExportChoicesState }) {
  const { data } = useQuery(exportsQuery());
  // A link may bring what this server does not have: it is shown, and the server says so.
  const known = COMPRESSIONS.filter((kind) => kind === options.compression || data?.compressions.includes(kind));
  return (
    <Field label="Compression">
      {(control) => (
        <Select
          {...control}
          value={options.compression}
          onChange={({ target }) =>
            setOptions({ compression: COMPRESSIONS.find((kind) => kind === target.value) ?? 'none' })
          }
        >
          {known.map((kind) => (
            <option key={kind}>{kind}</option>
          ))}
        </Select>
      )}
    </Field>
  );
}
