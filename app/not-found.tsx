import { Compass } from 'lucide-react';
import type { Metadata } from 'next';
import { buttonClass } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        icon={<Compass size={32} aria-hidden="true" />}
        title="There is nothing at this address"
        action={
          // Every page carries this one with it: an ordinary link keeps it small.
          <a href="/" className={buttonClass({ variant: 'primary' })}>
            Go to the first cluster
          </a>
        }
      >
        The link may be mistyped, or the cluster it names is not configured on this Ringside.
      </EmptyState>
    </main>
  );
}
