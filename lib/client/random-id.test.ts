import { afterEach, expect, it, vi } from 'vitest';
import { randomId } from './random-id';

afterEach(() => vi.unstubAllGlobals());

it('an id is a version 4 UUID with 122 random bits, made without crypto.randomUUID', () => {
  const fill = (value: number) =>
    vi.stubGlobal('crypto', { getRandomValues: (bytes: Uint8Array) => bytes.fill(value) });
  fill(0);
  expect(randomId()).toBe('00000000-0000-4000-8000-000000000000');
  fill(255);
  expect(randomId()).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff');
  vi.unstubAllGlobals();
  const ids = Array.from({ length: 100 }, randomId);
  expect(new Set(ids).size).toBe(100);
});
