import type { Metadata } from 'next';
import { TablePage } from '@/components/browse/table-page';
import { decodeSegment } from '@/components/shell/segments';

type PageProps = { params: Promise<{ cluster: string; keyspace: string; table: string }> };

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { keyspace, table } = await params;
  return { title: `${decodeSegment(keyspace) ?? ''}.${decodeSegment(table) ?? ''}` };
}

export default async function Page({ params }: PageProps) {
  const { cluster, keyspace, table } = await params;
  const place = {
    cluster: decodeSegment(cluster) ?? '',
    keyspace: decodeSegment(keyspace) ?? '',
    table: decodeSegment(table) ?? '',
  };
  // Not in a boundary of its own: one that hydrates after the shell would find the schema there that the server had not.
  return <TablePage key={JSON.stringify(place)} {...place} />;
}
