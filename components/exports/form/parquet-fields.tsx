import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import type { ParquetOptions } from './export-request';

const MOST_SCALE = 38;
const USUAL_SCALE = 10;
const COMPRESSIONS = ['snappy', 'gzip', 'none'] as const;

interface ParquetFieldsProps {
  parquet: ParquetOptions;
  onChange: (change: Partial<ParquetOptions>) => void;
}

export function ParquetFields({ parquet: { decimal, varint, compression }, onChange }: ParquetFieldsProps) {
  return (
    <div className="grid grid-cols-2 gap-3">
      <Field label="Decimals">
        {(control) => (
          <Select
            {...control}
            value={decimal === 'text' ? 'text' : 'scale'}
            onChange={({ target }) => onChange({ decimal: target.value === 'scale' ? USUAL_SCALE : 'text' })}
          >
            <option value="text">as text, exact</option>
            <option value="scale">with a fixed scale</option>
          </Select>
        )}
      </Field>
      {decimal !== 'text' && (
        <Field label="Decimal places">
          {(control) => (
            <Input
              {...control}
              type="number"
              min={0}
              max={MOST_SCALE}
              value={decimal}
              onChange={({ target }) => {
                const scale = Math.trunc(Number(target.value));
                if (scale >= 0 && scale <= MOST_SCALE) onChange({ decimal: scale });
              }}
            />
          )}
        </Field>
      )}
      <Field label="Varints">
        {(control) => (
          <Select
            {...control}
            value={varint}
            onChange={({ target }) => onChange({ varint: target.value === 'decimal' ? 'decimal' : 'text' })}
          >
            <option value="text">as text, exact</option>
            <option value="decimal">as decimals of scale 0</option>
          </Select>
        )}
      </Field>
      <Field label="Compression">
        {(control) => (
          <Select
            {...control}
            value={compression}
            onChange={({ target }) =>
              onChange({ compression: COMPRESSIONS.find((kind) => kind === target.value) ?? 'snappy' })
            }
          >
            {COMPRESSIONS.map((kind) => (
              <option key={kind}>{kind}</option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  );
}
