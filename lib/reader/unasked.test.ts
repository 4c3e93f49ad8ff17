import { describe, expect, it } from 'vitest';
import { PAGES_UNASKED, readUnasked } from './unasked';

const PAUSED = { phase: 'paused', mode: 'page', direction: 'down', goesOn: false, unasked: 0 } as const;
const READING_ON = { ...PAUSED, phase: 'reading', mode: 'on' } as const;
const NOWHERE = { above: false, below: false };

describe('what is read automatically', () => {
  it('is a page at the end that the view is near to, the one below first', () => {
    expect(readUnasked(PAUSED, { above: false, below: true })).toBe('below');
    expect(readUnasked(PAUSED, { above: true, below: false })).toBe('above');
    expect(readUnasked(PAUSED, { above: true, below: true })).toBe('below');
    expect(readUnasked(PAUSED, NOWHERE)).toBeNull();
  });

  it('is no more than a few pages, and nothing that was stopped or has failed', () => {
    const both = { above: true, below: true };
    expect(readUnasked({ ...PAUSED, unasked: PAGES_UNASKED }, both)).toBeNull();
    expect(readUnasked({ ...PAUSED, phase: 'stopped' }, both)).toBeNull();
    expect(readUnasked({ ...PAUSED, phase: 'failed' }, both)).toBeNull();
  });

  it('interrupts a continuous read for rows above, and continues it after them', () => {
    expect(readUnasked(READING_ON, { above: true, below: false })).toBe('turn');
    expect(readUnasked(READING_ON, NOWHERE)).toBeNull();
    expect(readUnasked({ ...READING_ON, direction: 'up' }, { above: true, below: false })).toBeNull();
    const putOff = { ...PAUSED, direction: 'up', goesOn: true } as const;
    expect(readUnasked(putOff, { above: true, below: true })).toBe('below');
    expect(readUnasked(putOff, NOWHERE)).toBe('go_on');
    expect(readUnasked({ ...putOff, unasked: PAGES_UNASKED }, { above: true, below: false })).toBe('go_on');
  });
});
