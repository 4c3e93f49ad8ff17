import { Pin, PinOff } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { Button } from '@/components/ui/button';
import type { HeaderFrame } from '@/lib/contract/frames';
import type { ResultReader } from '@/lib/reader/result-reader';
import type { ResultPlace } from '../place';
import { pin, pinOf, subscribePins, unpin } from './pins';

/** The result that is put aside on this cluster. */
export function usePin(cluster: string) {
  return useSyncExternalStore(
    subscribePins,
    () => pinOf(cluster),
    () => undefined,
  );
}

interface PinButtonProps {
  reader: ResultReader;
  header: HeaderFrame;
  place: ResultPlace;
}

/** Puts this result aside, to compare the next ones with it. */
export function PinButton({ reader, header, place }: PinButtonProps) {
  const isPinned = usePin(place.cluster)?.key === reader.source.key;
  const Icon = isPinned ? PinOff : Pin;
  return (
    <Button
      size="sm"
      variant="ghost"
      aria-pressed={isPinned}
      icon={<Icon size={12} aria-hidden="true" />}
      title={isPinned ? 'Stop comparing with this result' : 'Keep this result, and compare the next ones with it'}
      onClick={() => (isPinned ? unpin(place.cluster) : pin(reader, header, place))}
    >
      {isPinned ? 'Pinned' : 'Pin'}
    </Button>
  );
}
