const WIDTH_PX = 64;
const HEIGHT_PX = 14;

/** The last pages' latencies as bars, the newest at the right. Zero is the bottom: heights can be compared. */
export function Sparkline({ valuesMs, count }: { valuesMs: readonly number[]; count: number }) {
  const highest = Math.max(1, ...valuesMs);
  const step = WIDTH_PX / count;
  const latest = valuesMs.at(-1);
  const words =
    latest === undefined
      ? 'Page latency'
      : `Page latency: latest ${round(latest)} ms, highest shown ${round(highest)} ms`;
  return (
    <svg width={WIDTH_PX} height={HEIGHT_PX} role="img" aria-label={words} className="shrink-0 text-accent">
      <title>{words}</title>
      {/* A bar alone would be taken for a caret. */}
      <rect y={HEIGHT_PX - 1} width={WIDTH_PX} height={1} fill="var(--line-strong)" />
      <path d={bars(valuesMs, highest, step)} fill="currentColor" />
    </svg>
  );
}

function bars(valuesMs: readonly number[], highest: number, step: number): string {
  return valuesMs
    .map((valueMs, index) => {
      const height = Math.max(1, (valueMs / highest) * HEIGHT_PX);
      const x = WIDTH_PX - (valuesMs.length - index) * step;
      return `M${x} ${HEIGHT_PX}v${-height}h${step * 0.7}v${height}z`;
    })
    .join('');
}

function round(valueMs: number): string {
  return valueMs < 10 ? valueMs.toFixed(1) : String(Math.round(valueMs));
}
