/** Numbers as people read them. One form everywhere, independent of the machine's language, so that views can be compared. */

const COUNT = new Intl.NumberFormat('en-US');

/** 1234567 → "1,234,567". */
export function formatCount(count: number): string {
  return COUNT.format(count);
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** Bytes in binary units with three significant digits: "512 B", "1.95 MiB", "12.4 GiB". */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (unit < UNITS.length - 1 && value >= (unit === 0 ? 1_024 : 1_023.5)) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit === 0 ? 0 : value < 10 ? 2 : value < 100 ? 1 : 0;
  return `${value.toFixed(digits)} ${UNITS[unit] ?? 'B'}`;
}

/** A share from 0 to 1 as "12.3 %"; never rounds something to nothing or to all. */
export function formatShare(fraction: number): string {
  if (fraction > 0 && fraction < 0.001) return '< 0.1 %';
  if (fraction < 1 && fraction > 0.999) return '> 99.9 %';
  return `${(fraction * 100).toFixed(1).replace(/\.0$/, '')} %`;
}

/** How long ago, coarse enough not to flicker: "just now", "40 s ago", "5 min ago", "3 h ago", "2 d ago". */
export function formatAge(ageMs: number): string {
  const seconds = Math.max(0, Math.floor(ageMs / 1_000));
  if (seconds < 10) return 'just now';
  if (seconds < 60) return `${Math.floor(seconds / 10) * 10} s ago`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} d ago`;
}

/** Elapsed time: "8 ms", "1.2 s", "3 min 5 s". */
export function formatElapsed(elapsedMs: number): string {
  if (elapsedMs < 1_000) return `${Math.round(elapsedMs)} ms`;
  if (elapsedMs < 60_000) return `${(elapsedMs / 1_000).toFixed(1)} s`;
  return `${Math.floor(elapsedMs / 60_000)} min ${Math.floor((elapsedMs % 60_000) / 1_000)} s`;
}

/** How often something happens, to the second: "15 s", "5 min", "2 min 5 s". */
export function formatInterval(everyMs: number): string {
  const seconds = Math.round(everyMs / 1_000);
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  if (minutes === 0) return `${rest} s`;
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}

/** "1 node", "3 nodes"; `plural` where an s does not do. */
export function plural(count: number, singular: string, many = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : many}`;
}
