import { PALETTE } from '@/components/token-ring/palette';
import { CHART_LIMITS } from '@/lib/local/chart';

/** One series: a colour that people with any colour vision tell apart, and dashes for where colours are not enough. */
export interface SeriesLook {
  /** As CSS, for light and for dark. */
  readonly colour: string;
  readonly dash: readonly number[];
}

const DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 3], [10, 3, 2, 3], [12, 4], [1, 5]];

export const SERIES_LOOKS: readonly SeriesLook[] = PALETTE.slice(0, CHART_LIMITS.series).map(({ light, dark }, at) => ({
  colour: `light-dark(${light}, ${dark})`,
  dash: DASHES[at] ?? [],
}));

/** The colours of a plot as a canvas takes them: it knows neither `var()` nor `light-dark()`. */
export interface PlotColours {
  readonly series: readonly string[];
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  readonly surface: string;
}

const SERIES_COLOURS = SERIES_LOOKS.map(({ colour }) => colour);

/** The theme's colours as they are now, at `place`. @param series the colours of the series, as CSS */
export function plotColours(place: HTMLElement, series: readonly string[] = SERIES_COLOURS): PlotColours {
  const probe = document.createElement('span');
  place.append(probe);
  const resolved = (colour: string) => {
    probe.style.color = colour;
    return getComputedStyle(probe).color;
  };
  const colours = {
    series: series.map(resolved),
    ink: resolved('var(--ink)'),
    muted: resolved('var(--muted)'),
    line: resolved('var(--line)'),
    surface: resolved('var(--surface)'),
  };
  probe.remove();
  return colours;
}

/** Calls `onChange` when the page becomes light or dark. @returns what ends that */
export function followTheme(onChange: () => void): () => void {
  const chosen = new MutationObserver(onChange);
  chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', onChange);
  return () => {
    chosen.disconnect();
    system.removeEventListener('change', onChange);
  };
}
