import { describe, expect, it } from 'vitest';
import type { NativeTypeName } from '@/lib/cql/types';
import { valueFacts } from './facts';

const facts = (text: string, name: NativeTypeName) =>
  Object.fromEntries(
    valueFacts(text, { kind: 'native', name }, 'Europe/Berlin').map(({ label, text: said }) => [label, said]),
  );

describe('what a value says', () => {
  it('a timestamp: UTC, local with its zone, and the count', () => {
    expect(facts('2001-01-09T06:10:00.007Z', 'timestamp')).toEqual({
      UTC: '2001-01-09T06:10:00.007Z',
      Local: '2001-01-09 07:10:00.007 GMT+01:00, Europe/Berlin',
      'Milliseconds since 1970': '979020600007',
    });
    expect(facts('+292278994-08-17T07:12:55.807Z', 'timestamp').Local).toBe('beyond the calendar of browsers');
  });

  it('a version 1 UUID: its time to 100 ns, sequence and node', () => {
    // RFC 9562, appendix A.1.
    expect(facts('C232AB00-9414-11EC-B3C8-9F6BDECED846', 'timeuuid')).toEqual({
      Version: '1: time and node',
      'Time, UTC': '2022-02-22T19:22:22.0000000Z',
      'Time, local': '2022-02-22 20:22:22.000 GMT+01:00, Europe/Berlin',
      'Clock sequence': '13256',
      Node: '9f:6b:de:ce:d8:46 (random)',
    });
  });

  it('UUIDs of other versions', () => {
    // RFC 9562, appendices A.3, A.5, A.6.
    expect(facts('919108f7-52d1-4320-9bac-f847db4148a8', 'uuid')).toEqual({ Version: '4: random' });
    expect(facts('1EC9414C-232A-6B00-B3C8-9F6BDECED846', 'uuid')['Time, UTC']).toBe('2022-02-22T19:22:22.0000000Z');
    expect(facts('017F22E2-79B0-7CC3-98C4-DC0C0C07398F', 'uuid')['Time, UTC']).toBe('2022-02-22T19:22:22.000Z');
    expect(facts('00000000-0000-0000-0000-000000000000', 'uuid').Version).toContain('nil');
    expect(facts('919108f7-52d1-1320-5bac-f847db4148a8', 'uuid').Variant).toContain('not the one');
  });

  it.each([
    ['192.0.2.1', 'IPv4, 4 bytes', 'for documentation (192.0.2.0/24)'],
    ['127.0.0.53', 'IPv4, 4 bytes', 'loopback: the machine itself'],
    ['172.31.255.1', 'IPv4, 4 bytes', 'private (172.16.0.0/12)'],
    ['172.32.0.1', 'IPv4, 4 bytes', 'public'],
    ['::1', 'IPv6, 16 bytes', 'loopback: the machine itself'],
    ['fe80::1', 'IPv6, 16 bytes', 'link-local (fe80::/10)'],
    ['::ffff:192.0.2.1', 'IPv6, 16 bytes', 'an IPv4 address in IPv6 form (::ffff:0:0/96)'],
    ['2a00:1450::', 'IPv6, 16 bytes', 'public'],
  ])('%s is %s, %s', (text, family, kind) => {
    expect(facts(text, 'inet')).toMatchObject({ Family: family, Kind: kind });
  });

  it('an IPv6 address written out', () => {
    expect(facts('2001:db8::ff00:42:8329', 'inet')['Written out']).toBe('2001:0db8:0000:0000:0000:ff00:0042:8329');
  });

  it('a duration in words, and its parts', () => {
    expect(facts('-1y2mo3d4h5m6s7ms8us9ns', 'duration')).toEqual({
      'In words':
        'minus 1 year 2 months 3 days 4 hours 5 minutes 6 seconds 7 milliseconds 8 microseconds 9 nanoseconds',
      Months: '-14',
      Days: '-3',
      Nanoseconds: '-14,706,007,008,009',
    });
    expect(facts('0s', 'duration')['In words']).toBe('nothing');
  });

  it('numbers of any size, digit by digit', () => {
    expect(facts('-123.4500', 'decimal')).toEqual({ Digits: '7', Scale: '4', Unscaled: '-1,234,500' });
    expect(facts('1E+3', 'decimal')).toEqual({ Digits: '1', Scale: '-3', Unscaled: '1' });
    expect(facts('-1267650600228229401496703205377', 'varint')).toMatchObject({
      Digits: '31',
      Hexadecimal: '-0x10000000000000000000000001',
    });
  });

  it('days and texts', () => {
    expect(facts('2001-01-09', 'date')).toEqual({ Weekday: 'Tuesday', 'Days since 1970-01-01': '11,331' });
    expect(facts('naïve 🌍\n', 'text').Length).toBe('8 characters, 12 bytes of UTF-8, 2 lines');
  });
});
