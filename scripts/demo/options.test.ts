import { describe, expect, it } from 'vitest';
import { chooseDatacenter } from './connect.mjs';
import { readComment } from './mark.mjs';
import { DemoError, parseOptions } from './options.mjs';

describe('parseOptions', () => {
  it('loads everything into 127.0.0.1:9042 by default', () => {
    expect(parseOptions([])).toMatchObject({
      contactPoints: ['127.0.0.1'],
      port: 9042,
      replication: 1,
      flights: 200_000,
      keyspaces: ['flights', 'nature', 'every_type'],
      drop: false,
    });
  });

  it('reads lists and shortened numbers', () => {
    const options = parseOptions(['--contact-points', 'a, b:9043', '--flights', '3m', '--only', 'nature,flights']);
    expect(options).toMatchObject({
      contactPoints: ['a', 'b:9043'],
      flights: 3_000_000,
      keyspaces: ['nature', 'flights'],
    });
  });

  it.each([
    [['--flights', '4m'], '--flights'],
    [['--flights', '0'], '--flights'],
    [['--port', '1e3'], '--port'],
    [['--replication', 'three'], '--replication'],
    [['--only', 'system'], '--only'],
    [['--prefix', 'a"; DROP'], '--prefix'],
    [['--nonsense'], '--nonsense'],
  ])('refuses %j and names it', (args, named) => {
    expect(() => parseOptions(args)).toThrow(DemoError);
    expect(() => parseOptions(args)).toThrow(named);
  });
});

describe('chooseDatacenter', () => {
  const hosts = (...names: string[]) => names.map((datacenter) => ({ datacenter }));

  it('detects the only one', () => {
    expect(chooseDatacenter(hosts('dc1', 'dc1'), undefined)).toBe('dc1');
  });

  it('asks when there are several, and refuses one that does not exist', () => {
    expect(() => chooseDatacenter(hosts('east', 'west'), undefined)).toThrow(/east, west.*--local-dc/);
    expect(chooseDatacenter(hosts('east', 'west'), 'west')).toBe('west');
    expect(() => chooseDatacenter(hosts('east', 'west'), 'north')).toThrow(/--local-dc north/);
  });
});

describe('readComment', () => {
  it("accepts only Ringside's mark", () => {
    expect(readComment('Ringside demo, version 1')).toEqual({ version: 1 });
    for (const comment of ['', 'my Ringside demo, version 1', 'Ringside demo, version x', 'Ringside demo']) {
      expect(readComment(comment)).toBe('foreign');
    }
  });
});
