import { StepsEditor } from '@/components/steps/steps-editor';
import { Badge } from '@/components/ui/badge';
import { Select } from '@/components/ui/input';
import { Shown } from '@/components/ui/shown';
import { TypedInput } from '@/components/ui/typed-input';
import type { LoadPreview, LoadProblem } from '@/lib/contract/load';
import type { MappedColumn, Mapping } from '@/lib/contract/transforms';
import { withOrigin, withSteps } from './load-draft';
import { LoadedValue } from './loaded-value';
import { ProblemText } from './records-table';

interface MappingTableProps {
  preview: LoadPreview;
  /** As it is chosen now; the preview may still be of another. */
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
}

type Column = LoadPreview['columns'][number];

const KINDS: Readonly<Record<Column['kind'], string | null>> = {
  partition_key: 'partition key',
  clustering: 'clustering',
  static: 'static',
  regular: null,
};

/** Each column of the table: which field it comes from, how that is read, and what a record has for it. */
export function MappingTable({ preview, mapping, onChange }: MappingTableProps) {
  const { columns, fields, records } = preview;
  const example = records.find(({ row }) => row !== null) ?? records[0];
  const taken = new Set(mapping.flatMap(({ from }) => ('field' in from ? [from.field] : [])));
  const left = fields.filter((field) => !taken.has(field));
  return (
    <div className="scroll-edges thin-scrollbar overflow-x-auto">
      <table className="w-full min-w-160 border-collapse text-sm">
        <caption className="sr-only">Columns and where they come from</caption>
        <thead>
          <tr className="border-line border-b text-left text-faint text-xs">
            {['Column', 'From', 'Read as', 'In the file', 'Written'].map((title) => (
              <th key={title} scope="col" className="h-8 px-2 font-medium">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {columns.map((column) => (
            <ColumnRow
              key={column.name}
              column={column}
              mapped={mapping.find(({ to }) => to === column.name)}
              fields={fields}
              example={example}
              problem={records.find(({ problem }) => problem?.column === column.name)?.problem ?? null}
              onFrom={(from) => onChange(withOrigin(mapping, column.name, from))}
              onSteps={(steps) => onChange(withSteps(mapping, column.name, steps))}
            />
          ))}
        </tbody>
      </table>
      {left.length > 0 && (
        <p className="border-line border-t px-2 py-2 text-xs">
          <span className="text-muted">No column takes: </span>
          {left.map((field, at) => (
            <span key={field}>
              {at > 0 && ', '}
              <code>
                <Shown text={field} as="name" />
              </code>
            </span>
          ))}
        </p>
      )}
    </div>
  );
}

interface ColumnRowProps {
  column: Column;
  mapped: MappedColumn | undefined;
  fields: readonly string[];
  example: LoadPreview['records'][number] | undefined;
  /** The first one with a value of this column. */
  problem: LoadProblem | null;
  onFrom: (from: MappedColumn['from'] | null) => void;
  onSteps: (steps: MappedColumn['steps']) => void;
}

function ColumnRow({ column, mapped, fields, example, problem, onFrom, onSteps }: ColumnRowProps) {
  const { name, type, kind } = column;
  const field = mapped !== undefined && 'field' in mapped.from ? mapped.from.field : null;
  const at = field === null ? -1 : fields.indexOf(field);
  return (
    <tr className="border-line align-top not-last:border-b">
      <th scope="row" className="px-2 py-1.5 text-left font-normal">
        <span className="font-medium">
          <Shown text={name} as="name" />
        </span>{' '}
        <code className="text-muted text-xs">{type}</code> {KINDS[kind] !== null && <Badge>{KINDS[kind]}</Badge>}
      </th>
      <td className="w-44 px-2 py-1.5">
        <Origin name={name} mapped={mapped} fields={fields} onFrom={onFrom} />
      </td>
      <td className="px-2 py-1.5">
        {field !== null && <StepsEditor name={name} type={type} steps={mapped?.steps ?? []} onChange={onSteps} />}
      </td>
      <td className="max-w-48 px-2 py-2">
        <LoadedValue value={at === -1 ? undefined : (example?.fields[at] ?? null)} />
      </td>
      <td className="px-2 py-2">
        {problem === null ? <LoadedValue value={example?.row?.[name]} /> : <ProblemText problem={problem} />}
      </td>
    </tr>
  );
}

const SKIP = 'skip';
const CONSTANT = 'constant';
const FIELD = 'field:';

function Origin({
  name,
  mapped,
  fields,
  onFrom,
}: Pick<ColumnRowProps, 'mapped' | 'fields' | 'onFrom'> & { name: string }) {
  const constant = mapped !== undefined && 'constant' in mapped.from ? mapped.from.constant : null;
  const field = mapped !== undefined && 'field' in mapped.from ? mapped.from.field : null;
  const value = field !== null ? FIELD + field : constant !== null ? CONSTANT : SKIP;
  return (
    <div className="min-w-36 space-y-1">
      <Select
        aria-label={`${name} comes from`}
        value={value}
        onChange={({ target }) => {
          if (target.value.startsWith(FIELD)) onFrom({ field: target.value.slice(FIELD.length) });
          else onFrom(target.value === CONSTANT ? { constant: 'null' } : null);
        }}
      >
        <option value={SKIP}>– not written –</option>
        {field !== null && !fields.includes(field) && <option value={FIELD + field}>{field} (not in the file)</option>}
        {fields.map((one) => (
          <option key={one} value={FIELD + one}>
            {one}
          </option>
        ))}
        <option value={CONSTANT}>the same for all rows…</option>
      </Select>
      {constant !== null && (
        <TypedInput
          aria-label={`${name} in all rows, as CQL`}
          mono
          value={constant}
          onCommit={(text) => onFrom({ constant: text })}
        />
      )}
    </div>
  );
}
