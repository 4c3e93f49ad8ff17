import { describe, expect, it } from 'vitest';
import { Problem } from '../support/problem.mjs';
import { Checks } from './checks.mjs';

function opened() {
  const lines: string[] = [];
  return { lines, checks: new Checks((line: string) => lines.push(line)) };
}

describe('the checks of a command', () => {
  it('count each, go on after a failed one, and end with the counts', async () => {
    const { lines, checks } = opened();
    const passed = await checks.part('the image', async () => {
      checks.check(true, 'is small');
      checks.check(false, 'is not root');
      checks.check(true, 'stops when asked');
    });
    expect(passed).toBe(false);
    expect(lines).toContain('✗ is not root');
    expect(checks.close()).toBe(1);
    expect(lines.at(-1)).toBe('2 passed, 1 failed');
  });

  it('count an error that ends a part as one that failed, and say it', async () => {
    const { lines, checks } = opened();
    const broken = await checks.part('the image', () => Promise.reject(new Problem('No engine.', 'Start one.')));
    const fine = await checks.part('the rest', async () => checks.check(true, 'is tried all the same'));
    expect([broken, fine]).toEqual([false, true]);
    expect(lines.join('\n')).toContain('✗ No engine.\n  → Start one.');
    expect(checks.close()).toBe(1);
    expect(lines.at(-1)).toBe('1 passed, 1 failed');
  });

  it('say at the end what could not be tried, which is no failure', () => {
    const { lines, checks } = opened();
    checks.notTried('compose.yaml', 'Compose is not installed');
    checks.check(true, 'is small');
    expect(checks.close()).toBe(0);
    expect(lines.slice(-2)).toEqual(['! not tried: compose.yaml: Compose is not installed', '1 passed, 0 failed']);
  });

  it('fail when nothing was tried and nobody says why', () => {
    const without = opened();
    without.checks.notTried('the chart', 'helm is not installed');
    expect(without.checks.close()).toBe(0);
    expect(without.lines.at(-1)).toBe('0 passed, 0 failed');
    const { lines, checks } = opened();
    expect(checks.close()).toBe(1);
    expect(lines.at(-1)).toBe('0 passed, 1 failed');
  });
});
