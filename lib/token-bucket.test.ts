import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TokenBucket } from './token-bucket';

describe('a token bucket', () => {
  it('never lets more through than its rate and its burst', () => {
    const spending = fc.array(fc.record({ afterMs: fc.nat(2_000), amount: fc.integer({ min: 1, max: 5_000 }) }));
    const property = fc.property(fc.integer({ min: 1, max: 100_000 }), spending, (perSecond, all) => {
      const bucket = new TokenBucket(perSecond, 0);
      let [now, spent, last] = [0, 0, 0];
      for (const { afterMs, amount } of all) {
        now += afterMs + bucket.waitMs(now + afterMs);
        expect(bucket.waitMs(now)).toBe(0);
        bucket.spend(amount, now);
        spent += amount;
        last = amount;
        expect(spent - last).toBeLessThanOrEqual((now / 1_000) * perSecond + perSecond * 0.25 + 1);
      }
    });
    fc.assert(property);
  });

  it('takes back an overspent amount', () => {
    const bucket = new TokenBucket(100, 0);
    bucket.spend(125, 0);
    expect(bucket.waitMs(0)).toBeGreaterThan(900);
    bucket.spend(-120, 0);
    expect(bucket.waitMs(0)).toBe(0);
  });
});
