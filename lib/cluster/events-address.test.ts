import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVENT_TOPICS } from '@/lib/contract/events';
import { readEventsAddress, writeEventsAddress } from './events-address';

describe('the address of the events', () => {
  it('brings back what was put into it, over whatever it held', () => {
    const states = fc.record({
      about: fc.option(fc.constantFrom(...EVENT_TOPICS)),
      node: fc.option(fc.string({ unit: 'grapheme' })),
    });
    fc.assert(
      fc.property(states, states, (before, state) => {
        const search = writeEventsAddress(writeEventsAddress('', before), state);
        expect(readEventsAddress(search)).toEqual(state);
      }),
    );
  });

  it('keeps what is not of the events', () => {
    expect(writeEventsAddress('other=1&about=nodes', { about: null })).toBe('other=1');
    expect(readEventsAddress('about=weather')).toEqual({ about: null, node: null });
  });
});
