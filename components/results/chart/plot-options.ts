import uPlot from 'uplot';
import { categoryLabel, numberLabel, timeLabel } from '@/lib/local/axis-words';
import type { ChartData } from '@/lib/local/chart';
import { type PlotColours, SERIES_LOOKS } from './plot-looks';

export const CHART_KINDS = ['line', 'points', 'bars'] as const;
export type ChartKind = (typeof CHART_KINDS)[number];

const FONT = '12px ui-sans-serif, system-ui, sans-serif';
const POINT_PX = 6;
/** Of the room that a place has, so that bars of neighbours stay apart. */
const BAR_SHARE = 0.8;
const WIDEST_BAR_PX = 60;

interface PlotSettings {
  readonly data: ChartData;
  readonly kind: ChartKind;
  /** Asked for whenever something is drawn: the theme may change. */
  readonly colours: () => PlotColours;
  /** The place that the keys have chosen; null: the one nearest to the pointer. */
  readonly chosen: () => number | null;
  readonly onPlace: (place: number | null) => void;
  readonly size: { readonly width: number; readonly height: number };
}

/** How uPlot draws a chart. */
export function plotOptions({ data, kind, colours, chosen, onPlace, size }: PlotSettings): uPlot.Options {
  const { axis } = data;
  return {
    ...size,
    ms: 1,
    tzDate: (ms) => uPlot.tzDate(new Date(ms), 'Etc/UTC'),
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: false, y: false, setScale: false },
      dataIdx: (_, __, nearest) => chosen() ?? nearest,
      points: { size: POINT_PX + 3 },
    },
    scales: {
      x: { time: axis === 'time', ...(axis === 'category' ? { range: [-0.5, data.xs.length - 0.5] } : {}) },
      y: { range: (_, least, most) => rangeOf(least, most, kind === 'bars') },
    },
    axes: [xAxis(data, colours), { ...axisLook(colours), size: 64, values: (_, splits) => splits.map(numberLabel) }],
    series: [{}, ...data.series.map((_, at) => seriesOptions(data, kind, at, colours))],
    hooks: { setCursor: [(plot) => onPlace(chosen() ?? plot.cursor.idx ?? null)] },
  };
}

/** Bars begin at zero: their length says how much it is. */
function rangeOf(least: number | null, most: number | null, fromZero: boolean): uPlot.Range.MinMax {
  if (least === null || most === null) return [0, 1];
  return fromZero
    ? uPlot.rangeNum(Math.min(0, least), Math.max(0, most), 0.1, true)
    : uPlot.rangeNum(least, most, 0.1, true);
}

function axisLook(colours: () => PlotColours): uPlot.Axis {
  const line = { stroke: () => colours().line, width: 1 };
  return { stroke: () => colours().muted, font: FONT, grid: line, ticks: line };
}

function xAxis({ axis, xTexts }: ChartData, colours: () => PlotColours): uPlot.Axis {
  const look = axisLook(colours);
  switch (axis) {
    case 'time':
      return { ...look, space: 90, values: (_, splits, __, ___, stepMs) => splits.map((ms) => timeLabel(ms, stepMs)) };
    case 'number':
      return { ...look, values: (_, splits) => splits.map(numberLabel) };
    case 'category':
      return {
        ...look,
        space: 100,
        incrs: [1, 2, 5, 10, 20, 50],
        grid: { show: false },
        values: (_, splits) => splits.map((at) => categoryLabel(xTexts[at])),
      };
    default:
      return axis satisfies never;
  }
}

function seriesOptions(data: ChartData, kind: ChartKind, at: number, colours: () => PlotColours): uPlot.Series {
  const colour = () => colours().series[at] ?? colours().ink;
  const look = { stroke: colour, width: 2, dash: [...(SERIES_LOOKS[at]?.dash ?? [])] };
  const points = { size: POINT_PX, stroke: colour, fill: colour };
  switch (kind) {
    case 'line':
      return { ...look, points };
    case 'points':
      return { ...look, paths: () => null, points: { ...points, show: true } };
    case 'bars':
      return { stroke: colour, fill: colour, width: 0, paths: barsOf(at, data.series.length), points: { show: false } };
    default:
      return kind satisfies never;
  }
}

/** The bars of one series, beside those of the others at the same place. */
function barsOf(at: number, of: number): uPlot.Series.PathBuilder {
  return (plot, seriesIndex, first, last) => {
    const path = new Path2D();
    uPlot.orient(plot, seriesIndex, (_, xs, ys, scaleX, scaleY, toX, toY, left, top, width, height) => {
      const x = (place: number) => toX(xs[place] ?? 0, scaleX, width, left);
      const zero = toY(0, scaleY, height, top);
      const all = Math.min(roomOf(xs, x, width) * BAR_SHARE, WIDEST_BAR_PX * uPlot.pxRatio * of);
      const bar = Math.max(1, all / of);
      for (let place = first; place <= last; place += 1) {
        const value = ys[place];
        if (value == null) continue;
        const y = toY(value, scaleY, height, top);
        path.rect(x(place) - all / 2 + at * bar, Math.min(y, zero), bar, Math.max(1, Math.abs(y - zero)));
      }
    });
    return { stroke: null, fill: path };
  };
}

/** The room of one place: that between the two nearest. */
function roomOf(xs: readonly number[], x: (place: number) => number, width: number): number {
  let least = xs.length < 2 ? width : width / xs.length;
  if (xs.length < 2) return least;
  least = Number.POSITIVE_INFINITY;
  for (let place = 1; place < xs.length; place += 1) {
    const apart = x(place) - x(place - 1);
    if (apart > 0) least = Math.min(least, apart);
  }
  return Number.isFinite(least) ? least : width;
}
