const [SECOND_MS, MINUTE_MS, DAY_MS] = [1_000, 60_000, 86_400_000];

/** The label of a moment on an axis, UTC: as fine as the axis is divided, with the day where one begins. */
export function timeLabel(ms: number, stepMs: number): string {
  const text = isoOf(ms);
  if (text === null) return '';
  if (stepMs >= DAY_MS || ms % DAY_MS === 0) return text.slice(0, text.indexOf('T'));
  const time = text.slice(text.indexOf('T') + 1);
  if (stepMs >= MINUTE_MS) return time.slice(0, 5);
  return time.slice(0, stepMs >= SECOND_MS ? 8 : 12);
}

/** Null beyond the moments that a Date can hold, which a timestamp can. */
function isoOf(ms: number): string | null {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** A number on an axis, short. The exact ones are said elsewhere. */
export function numberLabel(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  return size >= 1e6 || size < 1e-4 ? value.toExponential().replace('e+', 'e') : String(Number(value.toPrecision(12)));
}

const LABEL_CHARACTERS = 14;

/** The name of a category on an axis, cut where it is long. */
export function categoryLabel(text: string | undefined): string {
  if (text === undefined) return '';
  return text.length > LABEL_CHARACTERS ? `${text.slice(0, LABEL_CHARACTERS - 1)}…` : text;
}
