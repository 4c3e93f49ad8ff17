/** The pages of a cluster, in navigation order. The palette, titles and addresses use this list too. */

interface ClusterPageFacts {
  /** Shown in the navigation, the palette and the browser's title. */
  readonly label: string;
  /** The part of the address after the cluster, and the folder in `app/(dashboard)/[cluster]`. */
  readonly segment: string;
}

export const CLUSTER_PAGES = {
  overview: { label: 'Overview', segment: '' },
  query: { label: 'Query', segment: 'query' },
  ring: { label: 'Ring', segment: 'ring' },
  nodes: { label: 'Nodes', segment: 'nodes' },
  tables: { label: 'Tables', segment: 'tables' },
  live: { label: 'Live', segment: 'live' },
  agreement: { label: 'Agreement', segment: 'agreement' },
  whatIf: { label: 'What if', segment: 'what-if' },
  roles: { label: 'Roles', segment: 'roles' },
  events: { label: 'Events', segment: 'events' },
  exports: { label: 'Exports', segment: 'exports' },
} as const satisfies Readonly<Record<string, ClusterPageFacts>>;

export type ClusterPage = keyof typeof CLUSTER_PAGES;

function isPage(name: string): name is ClusterPage {
  return Object.hasOwn(CLUSTER_PAGES, name);
}

export const CLUSTER_PAGE_NAMES: readonly ClusterPage[] = Object.keys(CLUSTER_PAGES).filter(isPage);

/** Pages of which nothing is shown without `operate` on the whole cluster. */
const OPERATED = /^(nodes|agreement|roles)$/;

/** Pages of which nothing is of use without one of these rights on something. */
const MOVED: readonly string[] = ['export', 'write'];

/** The pages that are of use to whoever lacks these rights on a cluster, in order. */
export function pagesWithout(lacks: readonly string[] = []): readonly ClusterPage[] {
  const isLeftOut = (name: ClusterPage) =>
    (lacks.includes('operate') && OPERATED.test(name)) ||
    (name === 'exports' && MOVED.every((verb) => lacks.includes(verb)));
  return CLUSTER_PAGE_NAMES.filter((name) => !isLeftOut(name));
}
