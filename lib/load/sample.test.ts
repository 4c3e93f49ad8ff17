import { describe, expect, it } from 'vitest';
import { Sample } from './sample';

const write = (bytes: number) => [
  { values: [new Uint8Array(bytes), null, undefined], ttlSeconds: null, timestampMicros: null, isStatic: false },
];

describe('a sample', () => {
  it('has all rows as long as they are few, and any of many', () => {
    const sample = new Sample(10);
    for (let number = 1; number <= 10; number++) sample.add(number, write(1));
    expect(sample.rows.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const chosen = new Map<number, number>();
    for (let round = 0; round < 2_000; round++) {
      const many = new Sample(10);
      for (let number = 1; number <= 40; number++) many.add(number, write(1));
      expect(many.rows).toHaveLength(10);
      for (const { number } of many.rows) chosen.set(number, (chosen.get(number) ?? 0) + 1);
    }
    // Each of the 40 is expected 500 times; ten standard deviations are 194.
    for (let number = 1; number <= 40; number++) expect(Math.abs((chosen.get(number) ?? 0) - 500)).toBeLessThan(194);
  });

  it('has fewer rows where they are long', () => {
    const sample = new Sample(100, 1_000);
    for (let number = 1; number <= 500; number++) sample.add(number, write(number < 250 ? 10 : 300));
    const bytes = sample.rows.reduce((sum, { writes }) => sum + (writes[0]?.values[0]?.length ?? 0), 0);
    expect(bytes).toBeLessThanOrEqual(1_000);
    expect(sample.rows.length).toBeGreaterThan(0);
  });

  it('keeps values of its own', () => {
    const sample = new Sample();
    const [given] = write(4);
    if (given === undefined) throw new Error('no write');
    sample.add(1, [given]);
    given.values[0]?.fill(9);
    expect(sample.rows[0]?.writes[0]?.values[0]).toEqual(new Uint8Array(4));
  });
});
