import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { ResultReader } from '@/lib/reader/result-reader';
import type { ResultState } from '@/lib/reader/result-state';
import { runningReads } from '@/lib/reader/running-reads';
import type { ResultSource } from '@/lib/reader/source';

const RECONNECT_MS = 3_000;

/** Follows a reader's state. */
export function useResultState(reader: ResultReader): ResultState {
  return useSyncExternalStore(reader.subscribe, reader.getState, reader.getState);
}

/**
 * A reader of `source` that starts when it is shown, if it is `enabled`, and ends when it no longer is. One that was asked
 * to read on to the end outlives its view, and a view of the same result takes it back. Another key, or another `run`,
 * starts over.
 */
export function useResultReader(source: ResultSource, run = 0, enabled = true): ResultReader {
  const key = `${run} ${source.key}`;
  const [held, setHeld] = useState(() => ({ key, reader: runningReads.find(source.key) ?? new ResultReader(source) }));
  const current = held.key === key ? held : { key, reader: new ResultReader(source) };
  if (current !== held) setHeld(current);
  const { reader } = current;
  const isLeft = useRef(false);
  // Before the next effect, so that its end knows whether the view goes, or reads something else.
  useEffect(() => {
    isLeft.current = false;
    return () => {
      isLeft.current = true;
    };
  }, []);
  useEffect(() => {
    if (!enabled) return;
    // After the present effects: an effect that is undone at once, as development does, sends nothing.
    const timer = setTimeout(() => reader.start());
    runningReads.show(reader, () => window.location.pathname + window.location.search);
    return () => {
      clearTimeout(timer);
      if (isLeft.current) runningReads.leave(reader);
      else runningReads.end(reader);
    };
  }, [reader, enabled]);
  return reader;
}

/** While Ringside's server cannot be reached, what was read stays, and the read resumes automatically. */
export function useReconnect(reader: ResultReader, disconnected: boolean): void {
  useEffect(() => {
    if (!disconnected || !reader.source.repeatable) return;
    const timer = setInterval(() => reader.resume(), RECONNECT_MS);
    return () => clearInterval(timer);
  }, [reader, disconnected]);
}
