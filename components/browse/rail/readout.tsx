import { positionAt } from '@/lib/browse/ring-position';
import type { ResultState } from '@/lib/reader/result-state';

/** What is at a place of the rail, next to it. */
export function Readout({ state, share }: { state: ResultState; share: number }) {
  const { shareText, token, rowText } = positionAt(state, share);
  const isRead = state.coverage.some(({ from, to }) => BigInt(token) > from && BigInt(token) <= to);
  return (
    <div
      className="pointer-events-none absolute right-full z-20 mr-2 max-w-[70vw] whitespace-nowrap rounded-md bg-raised px-2 py-1 text-xs shadow-float"
      // Inside the pane at either end.
      style={{ top: `${share * 100}%`, transform: `translateY(-${share * 100}%)` }}
      data-readout=""
    >
      <p>
        <span className="font-medium">{shareText}</span> <span className="text-muted">of the ring</span>
        {rowText !== null && <span className="text-muted"> · {rowText}</span>}
        <span className={isRead ? 'text-accent' : 'text-muted'}> · {isRead ? 'read' : 'not read'}</span>
      </p>
      <p className="font-mono text-muted">token {token}</p>
    </div>
  );
}
