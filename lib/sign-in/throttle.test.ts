import { describe, expect, it } from 'vitest';
import { Throttle } from './throttle';

const MINUTE_MS = 60_000;

function clocked() {
  let nowMs = 0;
  const throttle = new Throttle(() => nowMs);
  const fail = (times: number, name: string, address: string) => {
    for (let time = 0; time < times; time++) throttle.begin(name, address);
  };
  return { throttle, fail, pass: (ms: number) => (nowMs += ms) };
}

describe('the throttle', () => {
  it('holds a name at one address after ten failures, for the rest of a quarter of an hour', () => {
    const { throttle, fail, pass } = clocked();
    fail(9, 'anna', '10.0.0.1');
    expect(throttle.waitMs('anna', '10.0.0.1')).toBe(0);
    pass(5 * MINUTE_MS);
    fail(1, 'anna', '10.0.0.1');
    expect(throttle.waitMs('anna', '10.0.0.1')).toBe(10 * MINUTE_MS);
    expect(throttle.waitMs('anna', '10.0.0.2')).toBe(0);
    expect(throttle.waitMs('ben', '10.0.0.1')).toBe(0);
    pass(10 * MINUTE_MS);
    expect(throttle.waitMs('anna', '10.0.0.1')).toBe(0);
  });

  it('holds an address that tries many names, and a name that many addresses try', () => {
    const { throttle, fail } = clocked();
    for (let at = 0; at < 50; at++) fail(1, `name${at}`, '10.0.0.1');
    expect(throttle.waitMs('another', '10.0.0.1')).toBeGreaterThan(0);
    expect(throttle.waitMs('another', '10.0.0.2')).toBe(0);
    for (let at = 0; at < 200; at++) fail(1, 'root', `10.1.0.${at}`);
    expect(throttle.waitMs('root', '10.2.0.1')).toBeGreaterThan(0);
  });

  it('forgets a person’s failures when the password was right, and not those of others', () => {
    const { throttle, fail } = clocked();
    fail(49, 'many', '10.0.0.1');
    throttle.begin('anna', '10.0.0.1');
    throttle.succeeded('anna', '10.0.0.1');
    expect(throttle.waitMs('anna', '10.0.0.1')).toBe(0);
    fail(1, 'more', '10.0.0.1');
    expect(throttle.waitMs('anna', '10.0.0.1')).toBeGreaterThan(0);
  });

  it('keeps no more than 10,000 counters', () => {
    const { throttle, fail } = clocked();
    fail(10, 'anna', '10.0.0.1');
    for (let at = 0; at < 10_000; at++) fail(1, `name${at}`, `10.${at >> 8}.${at & 255}.1`);
    expect(throttle.waitMs('anna', '10.0.0.1')).toBe(0);
  });

  it('counts no try that could not be made, and forgets none that was', () => {
    const { throttle, fail } = clocked();
    fail(9, 'anna', '10.0.0.1');
    for (let time = 0; time < 20; time++) {
      throttle.begin('anna', '10.0.0.1');
      throttle.withdrawn('anna', '10.0.0.1');
    }
    expect(throttle.waitMs('anna', '10.0.0.1')).toBe(0);
    fail(1, 'anna', '10.0.0.1');
    expect(throttle.waitMs('anna', '10.0.0.1')).toBeGreaterThan(0);
  });
});
