import type { Metadata } from 'next';
import { TableView } from '@/components/browse/table-view';
import { decodeSegment } from '@/components/shell/segments';

type TablePageProps = { params: Promise<{ cluster: string; keyspace: string; table: string }> };

export async function generateMetadata({ params }: TablePageProps): Promise<Metadata> {
  const { keyspace, table } = await params;
  return { title: `${decodeSegment(keyspace) ?? ''}.${decodeSegment(table) ?? ''}` };
}

export default async function TablePage({ params }: TablePageProps) {
  const { cluster, keyspace, table } = await params;
  const place = {
    cluster: decodeSegment(cluster) ?? '',
    keyspace: decodeSegment(keyspace) ?? '',
    table: decodeSegment(table) ?? '',
  };
  // Not in a boundary of its own: one that hydrates after the shell would find the schema there that the server had not.
  return <TableView key={JSON.stringify(place)} {...place} />;
}
