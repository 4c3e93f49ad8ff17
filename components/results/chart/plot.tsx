import 'uplot/dist/uPlot.min.css';
import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';
import uPlot from 'uplot';
import type { ChartData } from '@/lib/local/chart';
import { placeAfter } from '@/lib/local/chart-keys';
import { followTheme, plotColours } from './plot-looks';
import { type ChartKind, plotOptions } from './plot-options';

/** Below this there is no room for axes and lines. */
const LEAST_PX = { width: 200, height: 140 };

interface PlotProps {
  label: string;
  data: ChartData;
  kind: ChartKind;
  /** The place of x that is read out. */
  place: number | null;
  onPlace: (place: number | null) => void;
  /** Takes the drawn plot, for a picture of it. */
  drawn: RefObject<uPlot | null>;
}

/** The drawn chart. The pointer and the arrow keys move its cursor from place to place. */
export function Plot({ label, data, kind, place, onPlace, drawn }: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const chosen = useRef<number | null>(null);
  const latest = useRef(onPlace);
  useEffect(() => {
    latest.current = onPlace;
  });
  useEffect(() => {
    const { current } = box;
    if (current === null) return;
    chosen.current = null;
    const plot = draw(current, { data, kind, chosen, onPlace: (at) => latest.current(at) });
    drawn.current = plot.drawn;
    return () => {
      drawn.current = null;
      plot.end();
    };
  }, [data, kind, drawn]);

  const last = data.xs.length - 1;
  const onKeyDown = (event: KeyboardEvent) => {
    const to = placeAfter(event.key, place, last);
    const plot = drawn.current;
    if (to === undefined || plot === null || last < 0) return;
    event.preventDefault();
    chosen.current = to;
    plot.setCursor({ left: plot.valToPos(data.xs[to] ?? 0, 'x'), top: plot.over.clientHeight / 2 });
  };
  return (
    <div
      ref={box}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={1}
      aria-valuemax={Math.max(1, last + 1)}
      aria-valuenow={(place ?? 0) + 1}
      aria-valuetext={place === null ? 'Arrow keys read out the values' : `${place + 1} of ${last + 1}`}
      onKeyDown={onKeyDown}
      onPointerMove={() => {
        chosen.current = null;
      }}
      className="relative min-h-36 min-w-0 flex-1 overflow-hidden focus-visible:outline-2 focus-visible:outline-accent"
    />
  );
}

interface Drawing {
  data: ChartData;
  kind: ChartKind;
  chosen: RefObject<number | null>;
  onPlace: (place: number | null) => void;
}

/** Draws into `box`, as large as it is and in the colours of the theme, whatever becomes of both. */
function draw(box: HTMLElement, { data, kind, chosen, onPlace }: Drawing) {
  let colours = plotColours(box);
  const options = plotOptions({
    data,
    kind,
    onPlace,
    colours: () => colours,
    chosen: () => chosen.current,
    size: sizeOf(box),
  });
  const drawn = new uPlot(options, [[...data.xs], ...data.series.map(({ values }) => [...values])], box);
  const resizes = new ResizeObserver(() => drawn.setSize(sizeOf(box)));
  resizes.observe(box);
  const unfollow = followTheme(() => {
    colours = plotColours(box);
    drawn.redraw(false);
  });
  const end = () => {
    resizes.disconnect();
    unfollow();
    drawn.destroy();
  };
  return { drawn, end };
}

function sizeOf({ clientWidth, clientHeight }: HTMLElement) {
  return {
    width: Math.max(LEAST_PX.width, clientWidth),
    height: Math.max(LEAST_PX.height, clientHeight),
  };
}
