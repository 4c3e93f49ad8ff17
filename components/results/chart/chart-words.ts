import { CHART_LIMITS, type ChartData, type Combine } from '@/lib/local/chart';
import { formatCount, plural } from '@/lib/text/format';

export const COMBINE_WORDS: Readonly<Record<Combine, string>> = {
  sum: 'their sum',
  mean: 'their mean',
  least: 'the least',
  greatest: 'the greatest',
};

/** What a chart does not show of the rows that it was made of, and how it has changed them. */
export function limitWords(data: ChartData, x: string, combine: Combine): readonly string[] {
  const { axis, withoutX, beyond, undrawn, isCombined } = data;
  const [most, what] = axis === 'category' ? [CHART_LIMITS.categories, 'value'] : [CHART_LIMITS.points, 'row'];
  return [
    isCombined ? `Rows with the same ${x} are shown as ${COMBINE_WORDS[combine]}.` : null,
    beyond > 0 ? `Only the first ${plural(most, what)} are drawn: ${formatCount(beyond)} more are not.` : null,
    withoutX > 0 ? `${plural(withoutX, 'row')} without ${x} ${withoutX === 1 ? 'is' : 'are'} left out.` : null,
    undrawn > 0 ? `${plural(undrawn, 'value')} cannot be drawn: NaN, infinity, or beyond a double.` : null,
  ].filter((words) => words !== null);
}

/** The exact values at one place: `06:10 · delay −4 · distance 129`. */
export function placeWords({ xTexts, series }: ChartData, place: number | null): string {
  const x = place === null ? undefined : xTexts[place];
  if (place === null || x === undefined) return '';
  return [x, ...series.map(({ key, texts }) => `${key} ${texts[place] ?? 'null'}`)].join(' · ');
}
