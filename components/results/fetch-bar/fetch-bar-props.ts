import type { ReactNode } from 'react';
import type { ReadState } from '@/lib/reader/read-state';

export interface FetchBarProps {
  reading: ReadState;
  /** Share of the token ring that was read, 0 to 1; null where there is none. */
  share: number | null;
  /** How far a read inside one partition has got, as the clustering values of the last row: it has no share of the ring. */
  reached: string | null;
  /** Notes beside the servers' warnings, such as rows that have changed. */
  notes: readonly string[];
  repeatable: boolean;
  onReadOn: () => void;
  onStop: () => void;
  onResume: () => void;
  /** Starts again from the beginning; offered where the read cannot be resumed. */
  onRestart?: (() => void) | undefined;
  children?: ReactNode;
}
