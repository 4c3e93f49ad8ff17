import type uPlot from 'uplot';
import type { ChartData } from '@/lib/local/chart';
import { csvText } from '@/lib/wire/json-texts';
import { plotColours } from './plot-looks';

/** What is drawn as CSV, every value as its exact text. */
export function chartCsv(x: string, { xTexts, series }: ChartData): string {
  const header = [x, ...series.map(({ key }) => key)].map(csvText);
  const lines = xTexts.map((text, at) => [csvText(text), ...series.map(({ texts }) => fieldOf(texts[at] ?? null))]);
  return [header, ...lines].map((line) => `${line.join(',')}\r\n`).join('');
}

/** Nothing at all for null: empty text would be in quotes. */
function fieldOf(text: string | null): string {
  return text === null ? '' : csvText(text);
}

const [LINE_PX, PAD_PX, SWATCH_PX] = [18, 12, 14];

/** The plot as a picture, with what it shows and the names of its series above. Null where the browser makes none. */
export function chartPng(plot: uPlot, title: string, series: readonly string[]): Promise<Blob | null> {
  const ratio = window.devicePixelRatio;
  const { canvas: drawn } = plot.ctx;
  const headPx = LINE_PX * 2 + PAD_PX;
  const canvas = document.createElement('canvas');
  canvas.width = drawn.width;
  canvas.height = drawn.height + headPx * ratio;
  const context = canvas.getContext('2d');
  if (context === null) return Promise.resolve(null);
  const colours = plotColours(plot.root);
  context.fillStyle = colours.surface;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(drawn, 0, headPx * ratio);
  context.scale(ratio, ratio);
  context.font = '12px ui-sans-serif, system-ui, sans-serif';
  context.fillStyle = colours.ink;
  context.fillText(title, PAD_PX, LINE_PX, canvas.width / ratio - PAD_PX * 2);
  let leftPx = PAD_PX;
  for (const [at, name] of series.entries()) {
    context.fillStyle = colours.series[at] ?? colours.ink;
    context.fillRect(leftPx, LINE_PX + 6, SWATCH_PX, SWATCH_PX - 4);
    context.fillStyle = colours.ink;
    context.fillText(name, leftPx + SWATCH_PX + 4, LINE_PX * 2 - 2);
    leftPx += SWATCH_PX + 4 + context.measureText(name).width + PAD_PX;
  }
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}
