import { useEffect, useRef } from 'react';
import { type BrowseAddress, type BrowseChange, readAddress } from '@/lib/browse/address';
import { readPlaceOf } from '@/lib/browse/source';
import type { Row } from '@/lib/client/stream-events';
import type { TableShape } from '@/lib/cql/schema-lookup';
import { placeInMemory } from '@/lib/reader/in-memory';
import type { ResultReader } from '@/lib/reader/result-reader';
import { START } from '@/lib/reader/source';
import { placeOfView, tokenOfRow } from './place-of-row';

/** The address follows once the view has been still for this long. */
const REST_MS = 400;

/**
 * Keeps the place in the address and the place in the table the same: a new address (a jump, the browser's Back) reads
 * from there, and scrolling replaces the address with where the view has come to rest.
 */
export function usePlace(
  reader: ResultReader,
  shape: TableShape,
  address: BrowseAddress,
  onChange: (change: BrowseChange, replaces: boolean) => void,
): void {
  const shown = useRef({ reader, place: startText(reader) });
  const { order } = reader.source;
  const wanted = JSON.stringify(readPlaceOf(address, order));
  useEffect(() => {
    if (shown.current.reader !== reader) shown.current = { reader, place: startText(reader) };
    const place = readPlaceOf(readAddress(window.location.search), order);
    const text = JSON.stringify(place);
    // Replaced since this was drawn: nobody wants that place any more.
    if (text !== wanted || text === shown.current.place) return;
    shown.current.place = text;
    const { header } = reader.getState().reading;
    const tokenOf = (row: Row) => (header === null ? null : tokenOfRow(row, header, shape));
    reader.go(place, (segment) => placeInMemory(segment, place, tokenOf));
  }, [reader, shape, order, wanted]);

  useEffect(() => {
    let rest: ReturnType<typeof setTimeout> | undefined;
    const write = () => {
      const now = readAddress(window.location.search);
      const place = placeOfView(reader, shape);
      // The rows of another place are still on their way.
      const isThere = JSON.stringify(readPlaceOf(now, order)) === shown.current.place && reader.isSettled;
      if (place === null || !isThere || shown.current.reader !== reader) return;
      const text = JSON.stringify(readPlaceOf({ ...now, ...place }, order));
      if (text === shown.current.place) return;
      shown.current.place = text;
      onChange(place, true);
    };
    const unsubscribe = reader.subscribeView(() => {
      clearTimeout(rest);
      rest = setTimeout(write, REST_MS);
    });
    return () => {
      clearTimeout(rest);
      unsubscribe();
    };
  }, [reader, shape, order, onChange]);
}

function startText({ source }: ResultReader): string {
  return JSON.stringify(source.start ?? START);
}
