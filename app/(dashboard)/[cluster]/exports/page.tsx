import type { Metadata } from 'next';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { ExportsPage } from '@/components/exports/exports-page';
import { decodeSegment } from '@/components/shell/segments';

export const metadata: Metadata = { title: 'Exports' };

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  return (
    <NuqsAdapter>
      <ExportsPage cluster={decodeSegment((await params).cluster) ?? ''} />
    </NuqsAdapter>
  );
}
