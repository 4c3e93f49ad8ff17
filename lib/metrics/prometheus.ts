/** The text format in which exporters say their metrics, version 0.0.4 and OpenMetrics: https://prometheus.io/docs/instrumenting/exposition_formats */

/** More than any exporter says of a node with a thousand tables. */
const MOST_SAMPLES = 500_000;
const MOST_LINE_CHARACTERS = 8_192;
const MOST_LABELS = 64;

/** One number with its labels. */
export interface MetricSample {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
}

/**
 * The samples of a text that `isWanted`; the others are not even read further than their name. What is not of the format is
 * skipped line by line: an exporter's odd line must not cost the others.
 * @param mostSamples lines that are looked at; further ones are dropped
 */
export function* parsePrometheus(
  text: string,
  isWanted: (name: string) => boolean,
  mostSamples = MOST_SAMPLES,
): Generator<MetricSample> {
  let looked = 0;
  for (let start = 0; start < text.length && looked < mostSamples; ) {
    const next = text.indexOf('\n', start);
    const end = next === -1 ? text.length : next;
    const sample = end - start > MOST_LINE_CHARACTERS ? null : sampleOf(text.slice(start, end), isWanted);
    start = end + 1;
    looked += 1;
    if (sample !== null) yield sample;
  }
}

const NAME = /^\s*([a-zA-Z_:][a-zA-Z0-9_:]*)/;
const LABEL = /\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*(,|\})/y;

function sampleOf(line: string, isWanted: (name: string) => boolean): MetricSample | null {
  const name = NAME.exec(line)?.[1];
  if (name === undefined || !isWanted(name)) return null;
  let at = line.indexOf(name) + name.length;
  const labels = new Map<string, string>();
  if (line[at] === '{') {
    const end = readLabels(line, at + 1, labels);
    if (end === null) return null;
    at = end;
  }
  const [value] = line.slice(at).trim().split(/\s+/, 1);
  const number = value === undefined ? Number.NaN : numberOf(value);
  return Number.isFinite(number) ? { name, labels, value: number } : null;
}

/** @returns where they end; null: they are damaged */
function readLabels(line: string, from: number, into: Map<string, string>): number | null {
  const empty = /\s*\}/y;
  empty.lastIndex = from;
  if (empty.test(line)) return empty.lastIndex;
  LABEL.lastIndex = from;
  for (let count = 0; count < MOST_LABELS; count++) {
    const found = LABEL.exec(line);
    const [, label, value, sign] = found ?? [];
    if (label === undefined || value === undefined) return null;
    into.set(label, unescaped(value));
    const end = LABEL.lastIndex;
    if (sign === '}') return end;
    // A comma may end the list.
    empty.lastIndex = end;
    if (empty.test(line)) return empty.lastIndex;
    LABEL.lastIndex = end;
  }
  return null;
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign));
}

/** As the format has them: decimal, with exponent; infinities and NaN are no numbers to draw. */
function numberOf(text: string): number {
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
}
