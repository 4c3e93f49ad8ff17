import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCqlType } from '../cql/type-text';
import { uuidFacts } from '../values/uuid-facts';
import { parseTypedText } from '../wire/typed-text';
import { NEW_WORDS, newText, zoneOffers } from './new-values';

const random = fc.uint8Array({ minLength: 16, maxLength: 16 });
const factsOf = (uuid: string) => Object.fromEntries(uuidFacts(uuid, 'UTC').map(({ label, text }) => [label, text]));

describe('a new value', () => {
  it('is one of its type, as the server writes it', () => {
    fc.assert(
      fc.property(
        random,
        fc.nat(4_000_000_000_000),
        fc.constantFrom('uuid', 'timeuuid', 'timestamp', 'date'),
        (bytes, nowMs, name) => {
          const text = newText(name, { nowMs, random: bytes });
          expect(NEW_WORDS[name]).toBeDefined();
          expect(parseTypedText(text, parseCqlType(name))).toEqual({ value: text });
        },
      ),
    );
  });

  it('of a timeuuid is of this time, with a random node', () => {
    const nowMs = Date.UTC(2026, 10, 29, 17, 45, 1, 234);
    fc.assert(
      fc.property(random, (bytes) => {
        const facts = factsOf(newText('timeuuid', { nowMs, random: bytes }));
        expect(facts).toMatchObject({
          Version: '1: time and node',
          'Time, UTC': expect.stringMatching(/^2026-11-29T17:45:01\.234\d{4}Z$/),
          Node: expect.stringContaining('(random)'),
        });
      }),
    );
  });

  it('of a uuid is random', () => {
    const facts = factsOf(newText('uuid', { nowMs: 0, random: new Uint8Array(16) }));
    expect(facts.Version).toBe('4: random');
  });
});

describe('zones for a moment typed without one', () => {
  const berlin = (ms: number) => (ms >= Date.UTC(2026, 2, 29, 1) && ms < Date.UTC(2026, 9, 25, 1) ? 120 : 60);
  const textsOf = (text: string) => zoneOffers(text, berlin).map((offer) => offer.text);

  it('are UTC and the person’s, with the offset that the clock had then', () => {
    expect(textsOf('2026-01-09 07:10')).toEqual(['2026-01-09 07:10Z', '2026-01-09 07:10+01:00']);
    expect(textsOf('2026-07-09T07:10:01')).toEqual(['2026-07-09T07:10:01Z', '2026-07-09T07:10:01+02:00']);
    // Half an hour into summer time by the local clock, and before it in UTC.
    expect(textsOf('2026-03-29 03:30')).toEqual(['2026-03-29 03:30Z', '2026-03-29 03:30+02:00']);
    expect(textsOf('2026-01-09')).toEqual(['2026-01-09 00:00Z', '2026-01-09 00:00+01:00']);
    expect(zoneOffers('2026-01-09 07:10', () => -210).map(({ label }) => label)).toEqual(['UTC', 'your time, -03:30']);
  });

  it('are UTC alone where that is the person’s', () => {
    expect(zoneOffers('2026-01-09 07:10', () => 0)).toHaveLength(1);
  });

  it('are none for what has a zone or is no moment', () => {
    expect(textsOf('2026-01-09 07:10Z')).toEqual([]);
    expect(textsOf('2026-02-30 07:10')).toEqual([]);
    expect(textsOf('soon')).toEqual([]);
  });
});
