import { describe, expect, it } from 'vitest';
import type { ScanProgress } from '@/lib/contract/scans';
import { byteText, durationText, progressLine } from './progress-line';
import { Reporter } from './reporter';

const scan: ScanProgress = {
  rows: 1_234_567,
  pages: 100,
  frameBytes: 1,
  ringFraction: 0.4321,
  ring: null,
  concurrency: 8,
  ranges: { total: 64, done: 20, running: 8, retried: 0, failed: 0 },
  estimatedRows: 2_857_000.4,
  rowsPerSecond: 180_123.4,
  estimatedLeftMs: 9_012,
  warnings: [],
  failures: [],
};

describe('the progress line', () => {
  it('shows counts, and marks estimates', () => {
    expect(progressLine({ scan, rows: 1_234_567, bytes: 210_000_000 })).toBe(
      '████████░░░░░░░░░░░░ 43.2 % of the ring · 1,234,567 of about 2,857,000 rows · 180,123 rows/s · 210.0 MB · about 9.0 s left',
    );
  });

  it('leaves out unknown figures, and names what went wrong', () => {
    const unknown = { ringFraction: null, estimatedRows: null, rowsPerSecond: null, estimatedLeftMs: null };
    const ranges = { ...scan.ranges, retried: 2, failed: 1 };
    expect(progressLine({ scan: { ...scan, ...unknown, ranges }, rows: 7, bytes: null })).toBe(
      '7 rows · 2 retried · 1 range given up',
    );
    expect(progressLine({ scan: null, rows: 0, bytes: 0 })).toBe('connecting');
  });

  it('says first that it is waiting for other reads', () => {
    const line = (waitsFor: number) => progressLine({ scan: { ...scan, waitsFor }, rows: 7, bytes: null });
    expect(line(3)).toMatch(/^waiting for 3 other reads · █/);
    expect(line(1)).toMatch(/^waiting for 1 other read · █/);
  });

  it('drops the least important parts in a narrow window', () => {
    const moment = { scan, rows: 1_234_567, bytes: 210_000_000 };
    const short = '43.2 % of the ring · 1,234,567 rows · 180,123 rows/s · 210.0 MB · about 9.0 s left';
    expect(progressLine(moment, 110)).toBe(`████████░░░░░░░░░░░░ ${short}`);
    expect(progressLine(moment, 90)).toBe(short);
    expect(progressLine(moment, 30)).toBe(short.slice(0, 30));
  });

  it('does not say 100 % before everything is done', () => {
    const line = (ringFraction: number) => progressLine({ scan: { ...scan, ringFraction }, rows: 1, bytes: 1 });
    expect(line(0.99999)).toContain('99.9 %');
    expect(line(1)).toContain('100 %');
  });

  it.each([
    [999, '999 B'],
    [1_500, '1.5 kB'],
    [2_345_000_000, '2.35 GB'],
  ])('%i bytes are %s', (bytes, text) => expect(byteText(bytes)).toBe(text));

  it.each([
    [400, '0.4 s'],
    [42_400, '42 s'],
    [125_000, '2 min 05 s'],
    [3_599_000, '59 min 59 s'],
    [7_500_000, '2 h 05 min'],
  ])('%i ms are %s', (milliseconds, text) => expect(durationText(milliseconds)).toBe(text));
});

describe('messages on standard error', () => {
  const recorder = (isTTY: boolean) => {
    const written: string[] = [];
    return { written, isTTY, columns: 30, write: (text: string | Uint8Array) => written.push(String(text)) > 0 };
  };

  it('are one changing line in a terminal, never wider than the window', () => {
    const out = recorder(true);
    const reporter = new Reporter(false, out);
    reporter.watch(() => ({ scan, rows: 5, bytes: 1 }));
    reporter.note('a line');
    reporter.stop();
    expect(out.written[0]).toBe(`\r${progressLine({ scan, rows: 5, bytes: 1 }, 29)}\u001b[K`);
    expect(out.written[1]).toBe('\r\u001b[Ka line\n');
  });

  it('have no immediate progress elsewhere, and are only errors when quiet', () => {
    const [log, quiet] = [recorder(false), recorder(true)];
    const reporters = [new Reporter(false, log), new Reporter(true, quiet)];
    for (const reporter of reporters) {
      reporter.watch(() => ({ scan, rows: 5, bytes: 1 }));
      reporter.note('a note');
      reporter.error('an error');
      reporter.stop();
    }
    expect(log.written).toEqual(['a note\n', 'an error\n']);
    expect(quiet.written).toEqual(['an error\n']);
  });
});
