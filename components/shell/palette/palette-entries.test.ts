import { describe, expect, it } from 'vitest';
import type { ClusterSummary } from '@/lib/contract/clusters';
import { type PaletteEntry, placeEntries, rankEntries } from './palette-entries';

const table = (label: string, minor = false): PaletteEntry => ({
  id: label,
  label,
  kind: 'table',
  group: 'Tables',
  minor,
  href: '/',
});

const ENTRIES = [
  table('system.peers', true),
  table('shop.peers'),
  table('flights.by_origin_day'),
  table('flights.by_route'),
  table('nature.birdstrikes'),
];
const found = (typed: string, limit = 10) => rankEntries(ENTRIES, typed, limit).map(({ label }) => label);

describe('finding in the palette', () => {
  it('puts system keyspaces after the others', () => {
    expect(found('').at(-1)).toBe('system.peers');
    expect(found('peers')).toEqual(['shop.peers', 'system.peers']);
  });

  it('takes words in any order, and all of them', () => {
    expect(found('day flights')).toEqual(['flights.by_origin_day']);
    expect(found('flights birds')).toEqual([]);
  });

  it('prefers whole names and starts over scattered letters', () => {
    expect(found('by')[0]).toMatch(/^flights\.by/);
    expect(found('flbrt')).toEqual(['flights.by_route']);
    expect(rankEntries([...ENTRIES, table('b.i.r.d.s')], 'birds', 9).map(({ label }) => label)).toEqual([
      'nature.birdstrikes',
    ]);
    expect(found('birdstrikes')[0]).toBe('nature.birdstrikes');
  });

  it('gives no more than asked for', () => {
    expect(found('table', 2)).toHaveLength(2);
  });
});

describe('the pages in the palette', () => {
  const pages = (lacks?: string[]) => {
    const summary: ClusterSummary = {
      ...{
        name: 'prod',
        label: 'prod',
        colour: null,
        readOnly: false,
        consistency: 'LOCAL_ONE' as const,
        pageRows: 100,
      },
      ...(lacks === undefined ? {} : { lacks }),
    };
    return placeEntries('prod', [], [summary]).map(({ label }) => label);
  };

  it('are all of them where nobody signs in', () => {
    expect(pages()).toEqual(expect.arrayContaining(['Nodes', 'Roles', 'Audit', 'Configured clusters', 'Query']));
  });

  it('are those that the person has the right to', () => {
    const some = pages(['write', 'operate', 'admin']);
    expect(some).toEqual(expect.arrayContaining(['Overview', 'Query', 'Tables', 'Exports']));
    for (const page of ['Nodes', 'Roles', 'Agreement', 'Audit', 'Connect a cluster', 'Configured clusters']) {
      expect(some).not.toContain(page);
    }
    expect(pages(['admin'])).toContain('Nodes');
    // Who may export or load has jobs and schedules there.
    expect(pages(['export'])).toContain('Exports');
    expect(pages(['export', 'write'])).not.toContain('Exports');
  });
});
