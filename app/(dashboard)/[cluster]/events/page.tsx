import type { Metadata } from 'next';
import { EventsPage } from '@/components/cluster/events/events-page';
import { decodeSegment } from '@/components/shell/segments';
import { CLUSTER_PAGES } from '@/lib/client/pages';

export const metadata: Metadata = { title: CLUSTER_PAGES.events.label };

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  return <EventsPage cluster={decodeSegment((await params).cluster) ?? ''} />;
}
