import { DataTable } from '@/components/ui/data-table';
import { Shown } from '@/components/ui/shown';
import type { Keyspace } from '@/lib/contract/schema';
import { compareNames } from './table-parts';

/** User-defined types with their fields. */
export function TypeList({ keyspace, types }: { keyspace: string; types: Keyspace['types'] }) {
  return (
    <DataTable
      caption={`User-defined types of ${keyspace}`}
      rows={[...types].sort((a, b) => compareNames(a.name, b.name))}
      rowKey={({ name }) => name}
      columns={[
        { id: 'name', header: 'Type', rowHeader: true, mono: true, className: 'align-top', cell: ({ name }) => name },
        {
          id: 'fields',
          header: 'Fields',
          mono: true,
          className: 'align-top whitespace-normal!',
          cell: ({ fields }) => (
            <ul>
              {fields.map(({ name, type }) => (
                <li key={name}>
                  <Shown text={name} as="name" />{' '}
                  <span className="text-syntax-type">
                    <Shown text={type} as="name" />
                  </span>
                </li>
              ))}
            </ul>
          ),
        },
      ]}
    />
  );
}
