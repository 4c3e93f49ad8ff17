import type { Metadata } from 'next';
import { AuditPage } from '@/components/cluster/audit/audit-page';
import { decodeSegment } from '@/components/shell/segments';

export const metadata: Metadata = { title: 'Audit' };

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  return <AuditPage cluster={decodeSegment((await params).cluster) ?? ''} />;
}
