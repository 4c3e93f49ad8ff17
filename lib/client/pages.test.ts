import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CLUSTER_PAGE_NAMES, CLUSTER_PAGES } from './pages';
import { clusterPath, pagePath } from './paths';

describe('pages of a cluster', () => {
  it('have the same address in the navigation and in links', () => {
    expect(clusterPath('a b', 'overview')).toBe('/a%20b');
    expect(pagePath.overview('a b')).toBe('/a%20b');
    expect(clusterPath('a b', 'query')).toBe('/a%20b/query');
    expect(pagePath.query('c', { keyspace: 'k' })).toBe('/c/query?keyspace=k');
    expect(pagePath.ring('c')).toBe(clusterPath('c', 'ring'));
    expect(pagePath.exports('c')).toBe('/c/exports');
  });

  it('differ in name and address, and start with the overview', () => {
    expect(CLUSTER_PAGE_NAMES[0]).toBe('overview');
    expect(new Set(CLUSTER_PAGE_NAMES.map((name) => clusterPath('c', name))).size).toBe(CLUSTER_PAGE_NAMES.length);
    expect(new Set(CLUSTER_PAGE_NAMES.map((name) => CLUSTER_PAGES[name].label)).size).toBe(CLUSTER_PAGE_NAMES.length);
  });

  it('have an icon each, and so have the themes', () => {
    const icons = readFileSync('public/pages.svg', 'utf8');
    const themes = ['theme-system', 'theme-light', 'theme-dark'];
    for (const name of [...CLUSTER_PAGE_NAMES, ...themes])
      expect(icons).toContain(`<symbol id="${name}" viewBox="0 0 24 24">`);
  });
});
