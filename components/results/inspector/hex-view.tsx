import clsx from 'clsx';
import { useMemo } from 'react';
import { formatBytes } from '@/lib/text/format';
import { BYTES_A_LINE, blobLength, findBytes, hexLine } from '@/lib/values/hex';
import { MOST_FOUND, type SearchState, useFound } from './search';
import { VirtualLines } from './virtual-lines';

const LINE_PX = 16;
/** As many lines as browsers can scroll over (Firefox cuts an element at 17.9 million pixels). */
const MOST_SHOWN = 8 * 1024 * 1024;

/** Bytes in hex and as ASCII, by their offsets. */
export function HexView({ text, search }: { text: string; search: SearchState }) {
  const bytes = blobLength(text);
  const found = useMemo(() => findBytes(text, search.needle, MOST_FOUND), [text, search.needle]);
  const current = useFound(search, found);
  const isMarked = (at: number) => current !== undefined && at >= current.at && at < current.at + current.length;
  if (bytes === 0) return <p className="p-3 text-muted text-sm italic">Zero bytes: not null.</p>;
  return (
    <>
      {bytes > MOST_SHOWN && (
        <p className="px-3 pt-2 text-faint text-xs">
          The first {formatBytes(MOST_SHOWN)} are shown. The download has all of them.
        </p>
      )}
      <VirtualLines
        role="region"
        aria-label="Value in hex"
        tabIndex={0}
        count={Math.ceil(Math.min(bytes, MOST_SHOWN) / BYTES_A_LINE)}
        linePx={LINE_PX}
        shownLine={current === undefined ? null : Math.floor(current.at / BYTES_A_LINE)}
        line={(index) => <Line text={text} index={index} isMarked={isMarked} />}
      />
    </>
  );
}

function Line({ text, index, isMarked }: { text: string; index: number; isMarked: (at: number) => boolean }) {
  const { offset, bytes, ascii } = hexLine(text, index);
  const from = index * BYTES_A_LINE;
  return (
    <>
      <span className="text-faint">{offset}</span>
      {'  '}
      {bytes.map(({ at, digits }) => (
        <span key={at} className={clsx(isMarked(at) && 'bg-accent text-accent-ink')}>
          {digits}
          {at < from + bytes.length - 1 && ' '}
        </span>
      ))}
      {' '.repeat((BYTES_A_LINE - bytes.length) * 3 + 2)}
      <span className="text-muted">{ascii}</span>
    </>
  );
}
