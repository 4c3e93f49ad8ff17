import { DataTable } from '@/components/ui/data-table';
import type { Keyspace } from '@/lib/contract/schema';
import { compareNames } from './table-parts';

type Callable = Keyspace['functions'][number];

/** Unique among overloads: a name and the types of its arguments. */
function signatureOf({ name, argumentTypes }: Callable): string {
  return `${name}(${argumentTypes.join(', ')})`;
}

export function FunctionList({ keyspace, functions }: { keyspace: string; functions: readonly Callable[] }) {
  return (
    <DataTable
      caption={`Functions and aggregates of ${keyspace}`}
      rows={[...functions].sort((a, b) => compareNames(signatureOf(a), signatureOf(b)))}
      rowKey={(callable) => `${callable.kind} ${signatureOf(callable)}`}
      columns={[
        { id: 'signature', header: 'Name and arguments', rowHeader: true, mono: true, cell: signatureOf },
        { id: 'kind', header: 'Kind', cell: ({ kind }) => kind },
        { id: 'returns', header: 'Returns', mono: true, cell: ({ returnType }) => returnType },
      ]}
    />
  );
}
