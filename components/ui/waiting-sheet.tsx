import type { ComponentProps } from 'react';
import { ErrorState } from './error-state';
import { Sheet } from './sheet';
import { Loading, Skeleton } from './skeleton';

interface WaitingSheetProps {
  title: string;
  className: string;
  /** What is being read, for screen readers. */
  label: string;
  /** Why it could not be read; null: it still is. */
  failure: ComponentProps<typeof ErrorState> | null;
  onClose: () => void;
}

/** A sheet that is there while what it is about is being read. */
export function WaitingSheet({ title, className, label, failure, onClose }: WaitingSheetProps) {
  return (
    <Sheet open onOpenChange={onClose} title={title} className={className}>
      <div className="p-4">
        {failure === null ? (
          <Loading label={label}>
            <Skeleton className="h-16" />
          </Loading>
        ) : (
          <ErrorState {...failure} />
        )}
      </div>
    </Sheet>
  );
}
