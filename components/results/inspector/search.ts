import { useEffect } from 'react';

/** More places than this are not looked for. */
export const MOST_FOUND = 10_000;

/** A search within a value: what for, which place of those found is in front, and how many were found. */
export interface SearchState {
  readonly needle: string;
  readonly front: number;
  readonly onFound: (count: number) => void;
}

/** Tells the search what a view has found; the answer is the place in front. */
export function useFound<Place>({ front, onFound }: SearchState, found: readonly Place[]): Place | undefined {
  const { length } = found;
  useEffect(() => onFound(length), [onFound, length]);
  return found[front];
}
