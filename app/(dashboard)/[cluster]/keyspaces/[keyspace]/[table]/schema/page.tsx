import type { Metadata } from 'next';
import { TableSchemaView } from '@/components/schema/table-schema-view';
import { decodeSegment } from '@/components/shell/segments';

type SchemaPageProps = { params: Promise<{ cluster: string; keyspace: string; table: string }> };

export async function generateMetadata({ params }: SchemaPageProps): Promise<Metadata> {
  const { keyspace, table } = await params;
  return { title: `${decodeSegment(keyspace) ?? ''}.${decodeSegment(table) ?? ''} schema` };
}

export default async function SchemaPage({ params }: SchemaPageProps) {
  const { cluster, keyspace, table } = await params;
  return (
    <TableSchemaView
      cluster={decodeSegment(cluster) ?? ''}
      keyspace={decodeSegment(keyspace) ?? ''}
      table={decodeSegment(table) ?? ''}
    />
  );
}
