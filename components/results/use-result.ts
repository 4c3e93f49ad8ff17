import { useEffect, useState, useSyncExternalStore } from 'react';
import { ResultReader } from '@/lib/reader/result-reader';
import type { ResultState } from '@/lib/reader/result-state';
import type { ResultSource } from '@/lib/reader/source';

const RECONNECT_MS = 3_000;

/** Follows a reader's state. */
export function useResultState(reader: ResultReader): ResultState {
  return useSyncExternalStore(reader.subscribe, reader.getState, reader.getState);
}

/**
 * A reader of `source` that begins when it is shown, if it is `enabled`, and ends when it no longer is. Another key, or
 * another `run`, begins anew.
 */
export function useResultReader(source: ResultSource, run = 0, enabled = true): ResultReader {
  const key = `${run} ${source.key}`;
  const [held, setHeld] = useState(() => ({ key, reader: new ResultReader(source) }));
  const current = held.key === key ? held : { key, reader: new ResultReader(source) };
  if (current !== held) setHeld(current);
  const { reader } = current;
  useEffect(() => {
    if (!enabled) return;
    // Behind the present effects: an effect that is undone at once, as development does, sends nothing.
    const timer = setTimeout(() => reader.start());
    return () => {
      clearTimeout(timer);
      reader.dispose();
    };
  }, [reader, enabled]);
  return reader;
}

/** While Ringside's server cannot be reached, what was read stays and the reading is taken up again by itself. */
export function useReconnect(reader: ResultReader, disconnected: boolean): void {
  useEffect(() => {
    if (!disconnected || !reader.source.repeatable) return;
    const timer = setInterval(() => reader.resume(), RECONNECT_MS);
    return () => clearInterval(timer);
  }, [reader, disconnected]);
}
