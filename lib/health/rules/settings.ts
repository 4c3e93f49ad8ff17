import { groupBy } from '@/lib/cql/group-by';
import { rowsOf } from '../facts';
import { finding, type Rule, said } from '../finding';
import { compareSettings } from '../settings';

/** Only nodes of one release are compared: others have other names and defaults. */
export const settingsDiffer: Rule = (facts) => {
  const releases = groupBy(facts.nodes, (node) => rowsOf(node, 'local')?.rows[0]?.release ?? '');
  return [...releases.values()].flatMap((nodes) => {
    const { nodes: compared, rows } = compareSettings(nodes);
    return rows.flatMap(({ name, values, why }) => {
      if (why === undefined) return [];
      return [
        finding({
          kind: 'settings_differ',
          subject: name,
          severity: 'warn',
          title: `${name} is not the same on all nodes.`,
          evidence: compared.map(({ node, askedAt }, index) => said(name, values[index] ?? 'not set', askedAt, node)),
          threshold: {
            text: 'Different values on nodes of one release.',
            source: 'Ringside’s list of settings that must agree',
          },
          meaning: `Where it differs, ${why}.`,
          action: 'Choose one value, set it in cassandra.yaml on every node, and restart the nodes that had another.',
          statement: `SELECT name, value FROM system_views.settings WHERE name = '${name}'`,
          blindSpot: 'Whether a value comes from cassandra.yaml, or was changed with nodetool until the next restart.',
        }),
      ];
    });
  });
};
