import type { ShortcutId } from '@/components/ui/shortcuts';
import { approvalsPath } from '@/lib/client/approvals-path';
import { auditPath } from '@/lib/client/audit-path';
import { CLUSTER_PAGES, pagesWithout } from '@/lib/client/pages';
import { clusterPath, pagePath } from '@/lib/client/paths';
import type { ClusterSummary } from '@/lib/contract/clusters';
import type { Keyspace } from '@/lib/contract/schema';

/** One line of the palette: somewhere to go or something to do. */
export type PaletteEntry = {
  id: string;
  label: string;
  /** What it is, beside the label: "table", "page". */
  kind: string;
  group: 'Actions' | 'Pages' | 'Tables' | 'Keyspaces' | 'Clusters';
  keys?: ShortcutId | undefined;
  /** System keyspaces and their tables come after the others. */
  minor?: boolean;
} & ({ href: string } | { run: () => void });

/** Every page, keyspace, table and cluster that one can go to. */
export function placeEntries(
  cluster: string,
  keyspaces: readonly Keyspace[],
  clusters: readonly ClusterSummary[],
): PaletteEntry[] {
  return [
    ...pageEntries(cluster, clusters.find(({ name }) => name === cluster)?.lacks),
    ...keyspaces.flatMap((keyspace) => keyspaceEntries(cluster, keyspace)),
    ...clusters
      .filter(({ name }) => name !== cluster)
      .map(({ name, label }): PaletteEntry => {
        const words = label === name ? label : `${label} (${name})`;
        return {
          id: `cluster:${name}`,
          label: words,
          kind: 'cluster',
          group: 'Clusters',
          href: pagePath.overview(name),
        };
      }),
  ];
}

function pageEntries(cluster: string, lacks: ClusterSummary['lacks']): PaletteEntry[] {
  const page = (label: string, href: string): PaletteEntry => ({
    id: `page:${href}`,
    label,
    kind: 'page',
    group: 'Pages',
    href,
  });
  return [
    ...pagesWithout(lacks).map((name) => page(CLUSTER_PAGES[name].label, clusterPath(cluster, name))),
    page('Approvals', approvalsPath(cluster)),
    // Whoever is no admin of one cluster is none of all, which these need.
    ...(lacks?.includes('admin')
      ? []
      : [
          page('Audit', auditPath(cluster)),
          page('Connect a cluster', pagePath.connect),
          page('Configured clusters', pagePath.clusters),
        ]),
  ];
}

function keyspaceEntries(cluster: string, { name, system, tables }: Keyspace): PaletteEntry[] {
  const table = (tableName: string, kind: string): PaletteEntry => ({
    id: `table:${name}.${tableName}`,
    label: `${name}.${tableName}`,
    kind,
    group: 'Tables',
    minor: system,
    href: pagePath.table(cluster, name, tableName),
  });
  return [
    {
      id: `keyspace:${name}`,
      label: name,
      kind: 'keyspace',
      group: 'Keyspaces',
      minor: system,
      href: pagePath.keyspace(cluster, name),
    },
    ...tables.map((item) => table(item.name, item.kind === 'table' ? 'table' : `${item.kind} table`)),
  ];
}

const MINOR_PENALTY = 0.5;

/**
 * The best `limit` entries for what was typed, best first; words may come in any order and each must match. Nothing
 * typed: everything, in its own order, system keyspaces last. Letters that are merely scattered over a label count only
 * when no label contains the words.
 */
export function rankEntries(entries: readonly PaletteEntry[], typed: string, limit: number): PaletteEntry[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = entries
    .map((entry, order) => ({ entry, order, score: scoreOf(entry, words) - (entry.minor ? MINOR_PENALTY : 0) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.order - b.order);
  const whole = matches.filter(({ entry }) => words.every((word) => holds(entry, word)));
  return (whole.length > 0 ? whole : matches).slice(0, limit).map(({ entry }) => entry);
}

function holds(entry: PaletteEntry, word: string): boolean {
  return entry.label.toLowerCase().includes(word) || entry.kind.startsWith(word);
}

function scoreOf(entry: PaletteEntry, words: readonly string[]): number {
  const label = entry.label.toLowerCase();
  let sum = 1;
  for (const word of words) {
    const score = Math.max(wordScore(label, word), entry.kind.startsWith(word) ? 1 : 0);
    if (score === 0) return 0;
    sum += score;
  }
  return sum;
}

/** How well a word matches: as the whole, from its start, from the start of a part, inside, or letter by letter. */
function wordScore(label: string, word: string): number {
  if (label === word || label.endsWith(`.${word}`)) return 8;
  const at = label.indexOf(word);
  if (at === 0) return 6;
  if (label.split(/[._ ]/).some((part) => part.startsWith(word))) return 5;
  if (at > 0) return 3;
  return isSubsequence(label, word) ? 1 : 0;
}

function isSubsequence(label: string, word: string): boolean {
  let from = 0;
  for (const letter of word) {
    const at = label.indexOf(letter, from);
    if (at < 0) return false;
    from = at + 1;
  }
  return true;
}
