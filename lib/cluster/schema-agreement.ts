import type { Node, TopologyResponse } from '@/lib/contract/topology';
import { plural } from '@/lib/text/format';

export type SchemaAgreement = TopologyResponse['schemaAgreement'];

/**
 * What is known of the nodes' schema versions. A node's own `system.local` speaks for now, and only it can agree. Of a
 * node that does not answer, another node's `system.peers_v2` keeps the version that it last gossiped, however long ago:
 * that can show that it differed, never that it agrees.
 */
export function schemaAgreementOf(
  nodes: readonly Pick<Node, 'address' | 'reachable' | 'schemaVersion'>[],
): SchemaAgreement {
  const versions = new Map<string, string[]>();
  const unheard: SchemaAgreement['unheard'] = [];
  for (const { schemaVersion, address, reachable } of nodes) {
    if (schemaVersion === null || reachable.state !== 'up') unheard.push({ node: address, lastVersion: schemaVersion });
    else versions.set(schemaVersion, [...(versions.get(schemaVersion) ?? []), address]);
  }
  return {
    agreed: versions.size === 0 ? null : versions.size === 1,
    versions: [...versions].map(([version, members]) => ({ version, nodes: members })),
    unheard,
  };
}

interface AgreementWords {
  readonly tone: 'ok' | 'warn' | 'danger' | 'neutral';
  readonly text: string;
  /** What the nodes that do not answer last reported. */
  readonly notes: readonly string[];
}

/** The agreement in words that claim only what nodes answered. */
export function agreementWords({ agreed, versions, unheard }: SchemaAgreement): AgreementWords {
  const heard = versions.reduce((sum, { nodes }) => sum + nodes.length, 0);
  if (agreed === null) return { tone: 'neutral', text: 'unknown: no node answers', notes: [] };
  const total = heard + unheard.length;
  const silence = unheard.length === 0 ? '' : `; ${silentWords(unheard.map(({ node }) => node))}`;
  const notes = unheard.flatMap((one) => lastWords(one, versions));
  if (!agreed) {
    return { tone: 'danger', text: `${versions.length} versions on ${plural(heard, 'node')}${silence}`, notes };
  }
  if (silence !== '') return { tone: 'warn', text: `${heard} of ${total} nodes agree${silence}`, notes };
  return { tone: 'ok', text: total === 1 ? 'one node, one version' : `all ${total} nodes agree`, notes };
}

/** More names than these say less than their number. */
const MOST_NAMES = 2;

function silentWords(nodes: readonly string[]): string {
  if (nodes.length > MOST_NAMES) return `${nodes.length} do not answer`;
  return `${nodes.join(' and ')} ${nodes.length === 1 ? 'does' : 'do'} not answer`;
}

function lastWords(
  { node, lastVersion }: SchemaAgreement['unheard'][number],
  versions: SchemaAgreement['versions'],
): string[] {
  if (lastVersion === null) return [];
  if (versions.some(({ version }) => version === lastVersion)) return [`${node} last reported the same version.`];
  return [`${node} last reported another version: it catches up when it is back.`];
}
