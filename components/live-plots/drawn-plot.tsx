import 'uplot/dist/uPlot.min.css';
import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';
import uPlot from 'uplot';
import { followTheme, type PlotColours, plotColours } from '@/components/results/chart/plot-looks';
import { placeAfter } from '@/lib/local/chart-keys';
import { LINE_COLOURS } from './line-looks';
import { plotFrame } from './plot-frame';

const HEIGHT_PX = 160;
const LEAST_WIDTH_PX = 200;

interface DrawnPlotProps {
  label: string;
  unit: string;
  times: readonly number[];
  lines: readonly (readonly (number | null)[])[];
  span: readonly [fromMs: number, toMs: number];
  marks: readonly number[];
  /** The place of all plots that is read out; null: the latest. */
  place: number | null;
  /** What is read out there. */
  valueText: string;
  onPlace: (place: number | null) => void;
}

/** A plot over time. The pointer and the arrow keys move the cursor of all plots of the page. */
export function DrawnPlot(props: DrawnPlotProps) {
  const { label, times, span, place, valueText, onPlace } = props;
  const box = useDrawn(props);
  const last = times.length - 1;
  const onKeyDown = (event: KeyboardEvent) => {
    const first = times.findIndex((time) => time >= span[0]);
    const to = event.key === 'Escape' ? null : placeAfter(event.key, place ?? last, last);
    if (to === undefined || last < 0) return;
    event.preventDefault();
    onPlace(to === null ? null : Math.max(first, to));
  };
  return (
    <div
      ref={box}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={1}
      aria-valuemax={Math.max(1, last + 1)}
      aria-valuenow={Math.max(1, (place ?? last) + 1)}
      aria-valuetext={valueText}
      onKeyDown={onKeyDown}
      onPointerLeave={() => onPlace(null)}
      style={{ height: HEIGHT_PX }}
      className="relative min-w-0 overflow-hidden focus-visible:outline-2 focus-visible:outline-accent"
    />
  );
}

/** Draws into the element that it returns, and again what changes. */
function useDrawn({
  unit,
  times,
  lines,
  span,
  marks,
  place,
  onPlace,
}: DrawnPlotProps): RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const now = useRef({ span, marks, onPlace, times, lines });
  useEffect(() => {
    now.current = { span, marks, onPlace, times, lines };
  });
  const count = lines.length;
  useEffect(() => {
    const { current } = box;
    if (current === null) return;
    const drawing = draw(current, count, unit, now);
    plot.current = drawing.plot;
    return () => {
      plot.current = null;
      drawing.end();
    };
  }, [count, unit]);
  useEffect(() => {
    plot.current?.setData(dataOf(times, lines));
  }, [times, lines]);
  useEffect(() => {
    const [min, max] = span;
    plot.current?.setScale('x', { min, max });
  }, [span]);
  useEffect(() => {
    if (marks.length > 0) plot.current?.redraw(false);
  }, [marks]);
  useEffect(() => {
    if (plot.current !== null) moveCursor(plot.current, place === null ? undefined : times[place]);
  }, [place, times]);
  return box;
}

interface Now {
  readonly span: DrawnPlotProps['span'];
  readonly marks: readonly number[];
  readonly onPlace: (place: number | null) => void;
  readonly times: readonly number[];
  readonly lines: DrawnPlotProps['lines'];
}

/** Draws into `box`, as wide as it is and in the colours of the theme, whatever becomes of both. */
function draw(box: HTMLElement, lines: number, unit: string, now: { readonly current: Now }) {
  let colours: PlotColours = plotColours(box, LINE_COLOURS);
  const size = () => ({ width: Math.max(LEAST_WIDTH_PX, box.clientWidth), height: HEIGHT_PX });
  const frame = plotFrame({
    lines,
    unit,
    size: size(),
    colours: () => colours,
    span: () => now.current.span,
    marks: () => now.current.marks,
    onPlace: (place) => now.current.onPlace(place),
  });
  const plot = new uPlot(frame, dataOf(now.current.times, now.current.lines), box);
  const resizes = new ResizeObserver(() => plot.setSize(size()));
  resizes.observe(box);
  const unfollow = followTheme(() => {
    colours = plotColours(box, LINE_COLOURS);
    plot.redraw(false);
  });
  const end = () => {
    resizes.disconnect();
    unfollow();
    plot.destroy();
  };
  return { plot, end };
}

function dataOf(times: readonly number[], lines: DrawnPlotProps['lines']): uPlot.AlignedData {
  return [[...times], ...lines.map((values) => [...values])];
}

/** Without saying so: the others are moved by the page. */
function moveCursor(plot: uPlot, time: number | undefined): void {
  const left = time === undefined ? -10 : plot.valToPos(time, 'x');
  plot.setCursor({ left, top: time === undefined ? -10 : plot.over.clientHeight / 2 }, false);
}
