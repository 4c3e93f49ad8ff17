import type { ReactNode } from 'react';
import type { Reading } from '@/lib/reader/reading';

export interface FetchBarProps {
  reading: Reading;
  /** Share of the token ring that was read, 0 to 1; null where there is none. */
  share: number | null;
  /** Inside one partition there is no share of the ring: how far it got, as the clustering values of the last row. */
  reached: string | null;
  /** What is to be known beside the servers' warnings, such as rows that have changed since. */
  notes: readonly string[];
  repeatable: boolean;
  onReadOn: () => void;
  onStop: () => void;
  onResume: () => void;
  /** Begin anew; offered where going on is not possible. */
  onRestart?: (() => void) | undefined;
  children?: ReactNode;
}
