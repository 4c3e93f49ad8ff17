import clsx from 'clsx';
import {
  type Dispatch,
  type KeyboardEvent,
  type PointerEvent,
  type SetStateAction,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useResultState } from '@/components/results/use-result';
import { railStep } from '@/lib/browse/rail-keys';
import { positionAt, positionOfRow } from '@/lib/browse/ring-position';
import { coveredShare, shareAt, tokenAtShare } from '@/lib/reader/rail-coverage';
import type { ResultReader } from '@/lib/reader/result-reader';
import type { ResultState } from '@/lib/reader/result-state';
import { Readout } from './readout';

/** Keys pressed within this time of each other make one jump. */
const KEY_REST_MS = 300;
/** Rows that have not arrived by then are no longer expected. */
const AWAITED_MS = 5_000;

interface RailProps {
  reader: ResultReader;
  /** Reads from this token on. */
  onToken: (token: string) => void;
  onEnd: (end: 'first' | 'last') => void;
}

/** Where on the rail somebody points or has moved to, from 0 to 1, before anything is read from there. */
interface Aim {
  readonly share: number;
  readonly by: 'hover' | 'drag' | 'key';
}

/**
 * The token ring as a bar, its lowest token at the top: filled where rows were read, with a mark where the rows in view
 * are. A press reads from that place on.
 */
export function Rail({ reader, onToken, onEnd }: RailProps) {
  const state = useResultState(reader);
  const [aim, setAim] = useState<Aim | null>(null);
  const mark = useMark(reader, state);
  const keys = useKeys(reader, setAim, onToken, onEnd);
  const pointer = pointerOn(aim, setAim, onToken);
  const here = positionOfRow(state, reader.getView().top);
  const value = aim !== null && aim.by !== 'hover' ? positionAt(state, aim.share) : here;
  return (
    <div className="relative w-3.5 shrink-0 border-line border-l bg-canvas py-0.5">
      <div
        role="slider"
        tabIndex={0}
        aria-label="Place on the token ring"
        aria-orientation="vertical"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round((value?.share ?? 0) * 1_000) / 10}
        aria-valuetext={value === null ? 'unknown' : describe(value, state)}
        className="relative h-full w-full cursor-pointer touch-none"
        {...pointer}
        {...keys}
      >
        <Read state={state} />
        <span
          ref={mark}
          aria-hidden="true"
          data-mark=""
          className="-translate-y-1/2 pointer-events-none absolute inset-x-0 top-0 h-1 rounded-sm bg-ink shadow-[0_0_0_1px_var(--surface)]"
        />
        {aim !== null && <AimLine aim={aim} />}
      </div>
      {aim !== null && <Readout state={state} share={aim.share} />}
    </div>
  );
}

function AimLine({ aim }: { aim: Aim }) {
  return (
    <span
      aria-hidden="true"
      className={clsx(
        'pointer-events-none absolute inset-x-0 h-px',
        aim.by === 'hover' ? 'bg-muted' : 'bg-accent outline-1 outline-accent',
      )}
      style={{ top: `${aim.share * 100}%` }}
    />
  );
}

function Read({ state: { coverage } }: { state: ResultState }) {
  return (
    <span
      aria-hidden="true"
      className="pointer-events-none absolute inset-x-[3px] inset-y-0 overflow-hidden rounded bg-line"
    >
      {coverage.map(({ from, to }) => {
        const [top, bottom] = [shareAt(from) * 100, shareAt(to) * 100];
        return (
          <span
            key={String(from)}
            data-read=""
            className="absolute inset-x-0 min-h-[2px] bg-accent"
            style={{ top: `${top}%`, height: `${bottom - top}%` }}
          />
        );
      })}
    </span>
  );
}

function describe({ shareText, token, rowText }: ReturnType<typeof positionAt>, { coverage }: ResultState): string {
  const parts = [
    `${shareText} of the ring`,
    `token ${token}`,
    rowText,
    `${Math.round(coveredShare(coverage) * 100)} % read`,
  ];
  return parts.filter((part) => part !== null).join(', ');
}

/** The pointer's place on the rail is an aim; a press that ends on the rail reads from there. */
function pointerOn(aim: Aim | null, setAim: Dispatch<SetStateAction<Aim | null>>, onToken: RailProps['onToken']) {
  return {
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      setAim({ share: shareUnder(event), by: 'drag' });
    },
    onPointerMove: (event: PointerEvent<HTMLDivElement>) =>
      setAim({
        share: shareUnder(event),
        by: event.currentTarget.hasPointerCapture(event.pointerId) ? 'drag' : 'hover',
      }),
    onPointerUp: (event: PointerEvent<HTMLDivElement>) => {
      if (aim?.by === 'drag') onToken(String(tokenAtShare(shareUnder(event))));
      setAim(null);
    },
    onPointerCancel: () => setAim(null),
    onPointerLeave: () => setAim((now) => (now?.by === 'hover' ? null : now)),
  };
}

/** The place under the pointer, as a share of the rail's height. */
function shareUnder({ clientY, currentTarget }: PointerEvent<HTMLElement>): number {
  const { top, height } = currentTarget.getBoundingClientRect();
  return Math.min(1, Math.max(0, (clientY - top) / height));
}

/** Moves the mark with the view without drawing anything else. */
function useMark(reader: ResultReader, state: ResultState) {
  const mark = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const move = () => {
      const share = positionOfRow(state, reader.getView().top)?.share;
      if (mark.current === null) return;
      mark.current.hidden = share === undefined;
      if (share !== undefined) mark.current.style.top = `${share * 100}%`;
    };
    move();
    return reader.subscribeView(move);
  }, [reader, state]);
  return mark;
}

/** Keys move an aim; once they rest, rows are read from there. */
function useKeys(
  reader: ResultReader,
  setAim: (aim: Aim | null) => void,
  onToken: RailProps['onToken'],
  onEnd: RailProps['onEnd'],
) {
  const aimed = useRef<{ share: number; landing: number; untilMs: number } | null>(null);
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(rest.current), []);
  const shareNow = () => {
    const { current } = aimed;
    const { landing } = reader.getState();
    // Where the keys have gone, while its rows are awaited.
    if (current !== null && current.landing === landing.id && performance.now() < current.untilMs) return current.share;
    return positionOfRow(reader.getState(), reader.getView().top)?.share ?? 0;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.altKey || event.ctrlKey || event.metaKey ? null : railStep(event.key, shareNow());
    if (step === null) return;
    event.preventDefault();
    clearTimeout(rest.current);
    const jump = () => {
      setAim(null);
      if (step.end !== null) onEnd(step.end);
      else onToken(String(tokenAtShare(step.share)));
    };
    const landing = reader.getState().landing.id;
    aimed.current = { share: step.share, landing, untilMs: performance.now() + AWAITED_MS };
    rest.current = setTimeout(jump, KEY_REST_MS);
    setAim({ share: step.share, by: 'key' });
  };
  return { onKeyDown };
}
