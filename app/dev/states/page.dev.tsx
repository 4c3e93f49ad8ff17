import type { Metadata } from 'next';
import { Later } from '@/components/ui/later';
import { StatesView } from './states-view';

export const metadata: Metadata = { title: 'States' };

/** Every state of the shared parts, in development alone: see `pageExtensions` in next.config.js. */
export default function StatesPage() {
  return (
    <Later>
      <StatesView />
    </Later>
  );
}
