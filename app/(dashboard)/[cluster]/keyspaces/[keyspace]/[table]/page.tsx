import type { Metadata } from 'next';
import { TablePage } from '@/components/browse/table-page';
import { decodeSegment } from '@/components/shell/segments';
import { readAddress } from '@/lib/browse/address';

type Search = Readonly<Record<string, string | readonly string[] | undefined>>;
type PageProps = {
  params: Promise<{ cluster: string; keyspace: string; table: string }>;
  searchParams: Promise<Search>;
};

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { keyspace, table } = await params;
  return { title: `${decodeSegment(keyspace) ?? ''}.${decodeSegment(table) ?? ''}` };
}

export default async function Page({ params, searchParams }: PageProps) {
  const { cluster, keyspace, table } = await params;
  const place = {
    cluster: decodeSegment(cluster) ?? '',
    keyspace: decodeSegment(keyspace) ?? '',
    table: decodeSegment(table) ?? '',
  };
  // Not in a boundary of its own: one that hydrates after the shell would find the schema there that the server had not.
  return <TablePage key={JSON.stringify(place)} place={place} first={readAddress(textOf(await searchParams))} />;
}

/** The search as it stands in the address. */
function textOf(search: Search): string {
  const pairs = Object.entries(search).flatMap(([name, texts = []]) => [texts].flat().map((text) => [name, text]));
  return new URLSearchParams(pairs).toString();
}
