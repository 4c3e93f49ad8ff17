import uPlot from 'uplot';
import type { PlotColours } from '@/components/results/chart/plot-looks';
import { numberLabel, timeLabel } from '@/lib/local/axis-words';
import { formatBytes } from '@/lib/text/format';
import { LINE_DASHES } from './line-looks';

const FONT = '12px ui-sans-serif, system-ui, sans-serif';
const AXIS_PX = 58;
const MARK_DASH = [3, 3];

export interface PlotFrame {
  readonly lines: number;
  readonly unit: string;
  readonly colours: () => PlotColours;
  /** The span that is shown, in ms since the epoch. */
  readonly span: () => readonly [fromMs: number, toMs: number];
  /** Times of events. */
  readonly marks: () => readonly number[];
  /** A place among the times: the pointer's. Null: it has left. */
  readonly onPlace: (place: number | null) => void;
  readonly size: { readonly width: number; readonly height: number };
}

/** How uPlot draws one plot: lines with gaps where nothing is known, from zero on. */
export function plotFrame({ lines, unit, colours, span, marks, onPlace, size }: PlotFrame): uPlot.Options {
  const line = { stroke: () => colours().line, width: 1 };
  const look: uPlot.Axis = { stroke: () => colours().muted, font: FONT, grid: line, ticks: line };
  return {
    ...size,
    ms: 1,
    tzDate: (ms) => uPlot.tzDate(new Date(ms), 'Etc/UTC'),
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false, setScale: false }, points: { size: 7 } },
    scales: {
      x: { time: true, range: () => [...span()] },
      y: { range: (_, __, most) => uPlot.rangeNum(0, most === null || most <= 0 ? 1 : most, 0.1, true) },
    },
    axes: [
      { ...look, space: 70, values: (_, splits, __, ___, stepMs) => splits.map((ms) => timeLabel(ms, stepMs)) },
      { ...look, size: AXIS_PX, values: (_, splits) => splits.map(unit === 'bytes' ? formatBytes : numberLabel) },
    ],
    series: [{}, ...Array.from({ length: lines }, (_, at) => lineLook(at, colours))],
    hooks: {
      setCursor: [(plot) => onPlace(plot.cursor.idx ?? null)],
      draw: [(plot) => drawMarks(plot, marks(), colours())],
    },
  };
}

function lineLook(at: number, colours: () => PlotColours): uPlot.Series {
  const colour = () => colours().series[at] ?? colours().ink;
  return {
    stroke: colour,
    width: 1.5,
    dash: [...(LINE_DASHES[at] ?? [])],
    // A number between two gaps has no line.
    points: { size: 4, stroke: colour, fill: colour },
  };
}

function drawMarks(plot: uPlot, marks: readonly number[], { muted }: PlotColours): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = muted;
  ctx.lineWidth = uPlot.pxRatio;
  ctx.setLineDash(MARK_DASH.map((px) => px * uPlot.pxRatio));
  for (const ms of marks) {
    const x = plot.valToPos(ms, 'x', true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}
