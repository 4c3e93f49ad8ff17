import { describe, expect, it } from 'vitest';
import { CLUSTER_PAGE_NAMES, CLUSTER_PAGES } from './pages';
import { clusterPath, pagePath } from './paths';

describe('pages of a cluster', () => {
  it('have one address in the navigation and in links', () => {
    expect(CLUSTER_PAGE_NAMES.map((name) => clusterPath('a b', name))).toEqual([
      '/a%20b',
      '/a%20b/query',
      '/a%20b/ring',
      '/a%20b/exports',
    ]);
    expect(pagePath.overview('c')).toBe(clusterPath('c', 'overview'));
    expect(pagePath.query('c', { keyspace: 'k' })).toBe('/c/query?keyspace=k');
  });

  it('are named in the order of the navigation', () => {
    expect(CLUSTER_PAGE_NAMES.map((name) => CLUSTER_PAGES[name].label)).toEqual([
      'Overview',
      'Query',
      'Ring',
      'Exports',
    ]);
  });
});
