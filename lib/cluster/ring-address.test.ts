import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pagePath } from '@/lib/client/paths';
import { readRingAddress, writeRingAddress } from './ring-address';

const name = fc.option(fc.string({ unit: 'grapheme' }));
const states = fc.record({ keyspace: name, table: name, key: fc.array(fc.string({ unit: 'grapheme' })) });

describe('the address of the ring', () => {
  it('brings back what was put into it, over whatever it held', () => {
    fc.assert(
      fc.property(states, states, (before, state) => {
        expect(readRingAddress(writeRingAddress(writeRingAddress('', before), state))).toEqual(state);
      }),
    );
  });

  it('changes what was asked, and keeps the rest', () => {
    const search = writeRingAddress('keyspace=flights&key=SEA&key=2001-01-09&other=1', { table: 'by_origin_day' });
    expect(search).toBe('keyspace=flights&key=SEA&key=2001-01-09&other=1&table=by_origin_day');
    expect(writeRingAddress(search, { keyspace: null, table: null, key: [] })).toBe('other=1');
  });

  it('is what links give', () => {
    const { search } = new URL(pagePath.ring('c', { keyspace: 'K & "k"', table: 'ß' }), 'http://localhost');
    expect(readRingAddress(search)).toEqual({ keyspace: 'K & "k"', table: 'ß', key: [] });
  });
});
