import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatTimestamp } from '@/lib/wire/format';
import { localMoment } from './moment-facts';

const at = (iso: string) => BigInt(Date.parse(iso));

describe('local time', () => {
  it.each([
    ['1970-01-01T00:00:00.000Z', 'UTC', '1970-01-01 00:00:00.000 GMT, UTC'],
    ['2001-07-09T06:10:00.007Z', 'Europe/Berlin', '2001-07-09 08:10:00.007 GMT+02:00, Europe/Berlin'],
    ['2024-02-29T20:00:00.000Z', 'Australia/Adelaide', '2024-03-01 06:30:00.000 GMT+10:30, Australia/Adelaide'],
    ['2024-01-01T00:00:00.000Z', 'America/St_Johns', '2023-12-31 20:30:00.000 GMT-03:30, America/St_Johns'],
    ['0001-01-01T00:00:00.000Z', 'UTC', '0001-01-01 00:00:00.000 GMT, UTC'],
    ['0000-12-31T23:59:59.999Z', 'UTC', '0000-12-31 23:59:59.999 GMT, UTC'],
    ['0000-12-31T23:59:59.999Z', 'Europe/Berlin', '0001-01-01 00:53:27.999 GMT+00:53:28, Europe/Berlin'],
    ['-000001-06-01T12:00:00.000Z', 'UTC', '-0001-06-01 12:00:00.000 GMT, UTC'],
    ['0000-01-01T00:00:00.000Z', 'America/New_York', '-0001-12-31 19:03:58.000 GMT-04:56:02, America/New_York'],
    ['-000043-03-15T00:00:00.000Z', 'Asia/Tokyo', '-0043-03-15 09:18:59.000 GMT+09:18:59, Asia/Tokyo'],
    ['9999-12-31T23:00:00.000Z', 'Asia/Tokyo', '+10000-01-01 08:00:00.000 GMT+09:00, Asia/Tokyo'],
    ['+275760-09-13T00:00:00.000Z', 'UTC', '+275760-09-13 00:00:00.000 GMT, UTC'],
    ['-271821-04-20T00:00:00.000Z', 'UTC', '-271821-04-20 00:00:00.000 GMT, UTC'],
  ])('of %s in %s is %s', (iso, zone, text) => {
    // ICU's releases differ on how no offset is written.
    expect(localMoment(at(iso), zone).replace('GMT+00:00', 'GMT')).toBe(text);
  });

  it('of what no browser has a date for is not made up', () => {
    for (const ms of [8_640_000_000_000_001n, -8_640_000_000_000_001n, 2n ** 63n - 1n, -(2n ** 63n)]) {
      expect(localMoment(ms, 'Europe/Berlin')).toBe('beyond the calendar of browsers');
    }
  });

  it('is the time in UTC where the offset is none, whatever the year', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -8_640_000_000_000_000n, max: 8_640_000_000_000_000n }), (ms) => {
        const [date = '', time = ''] = localMoment(ms, 'UTC').split(' ');
        expect(`${date}T${time}Z`).toBe(formatTimestamp(ms));
      }),
    );
  });
});
