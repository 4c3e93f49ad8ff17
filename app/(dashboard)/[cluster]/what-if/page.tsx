import type { Metadata } from 'next';
import { WhatIfView } from '@/components/operate/what-if/what-if-view';
import { decodeSegment } from '@/components/shell/segments';
import { CLUSTER_PAGES } from '@/lib/client/pages';

export const metadata: Metadata = { title: CLUSTER_PAGES.whatIf.label };

export default async function WhatIfPage({ params }: { params: Promise<{ cluster: string }> }) {
  return <WhatIfView cluster={decodeSegment((await params).cluster) ?? ''} />;
}
