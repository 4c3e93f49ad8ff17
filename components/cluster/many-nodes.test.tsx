import { describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import type { NodeViews, Subject } from '@/lib/contract/health';
import type { Node, TopologyResponse } from '@/lib/contract/topology';
import { NodeViewsPanel } from './agreement/node-views-panel';
import { NodeFacts } from './overview-nodes';
import { RingBoard } from './topology/ring-board';

/** What a ring of 1,000 nodes costs the page: the document must not grow with it. */

const AT = '2026-11-29T10:00:00.000Z';
const NODES = 1_000;
const TOKENS = 16;
const LAST = '10.0.3.231:9042';
/** A table of 100 rows, a picture, and what stands around them. */
const MOST_ELEMENTS = 6_000;

const addressOf = (at: number) => `10.0.${at >> 8}.${at & 255}:9042`;

function node(at: number): Node {
  const state = at === NODES - 1 ? 'down' : 'up';
  return {
    address: addressOf(at),
    hostId: `host${at}`,
    datacenter: `dc${at % 2}`,
    rack: `rack${at % 5}`,
    release: '5.0.9',
    tokens: Array.from({ length: TOKENS }, (_, token) => tokenOf(at * TOKENS + token)),
    reachable: { state },
    gossip: { state },
    gossipSeenBy: addressOf(0),
    loadBytes: 1_000_000,
    schemaVersion: 'v1',
    primaryOwnership: 1 / NODES,
    effectiveOwnership: null,
  };
}

/** Spread over the ring, in an order that mixes the nodes. */
function tokenOf(at: number): string {
  const spread = BigInt.asIntN(64, BigInt(at) * 11_400_714_819_323_198_485n);
  return String(spread);
}

const TOPOLOGY: TopologyResponse = {
  clusterName: 'large',
  partitioner: 'org.apache.cassandra.dht.Murmur3Partitioner',
  keyspace: null,
  replication: null,
  nodes: Array.from({ length: NODES }, (_, at) => node(at)),
  schemaAgreement: { agreed: true, versions: [{ version: 'v1', nodes: [addressOf(0)] }], unheard: [] },
  asOf: AT,
  gaps: [],
};

function subject(at: number): Subject {
  const base = { node: addressOf(at), datacenter: `dc${at % 2}`, rack: `rack${at % 5}`, fields: [] };
  if (at < NODES - 1) return { ...base, isAgreed: true, common: { state: 'up' }, others: [] };
  return { ...base, isAgreed: false, common: { state: 'up' }, others: [{ observer: addressOf(0), state: 'down' }] };
}

const VIEWS: NodeViews = {
  observers: Array.from({ length: NODES }, (_, at) => ({ node: addressOf(at), source: 'gossip', askedAt: AT })),
  subjects: Array.from({ length: NODES }, (_, at) => subject(at)),
  settings: { nodes: [], compared: 0, rows: [] },
  unknown: [],
  silent: [],
  pace: { nodes: NODES, everyMs: 133_000, statementsPerMinute: 1_200 },
  asOf: AT,
};

const elements = (container: Element) => container.querySelectorAll('*').length;

describe('a ring of 1,000 nodes', () => {
  it('lists the nodes that disagree first, and all on request', async () => {
    const { container } = render(<NodeViewsPanel cluster="demo" views={VIEWS} />);
    const rows = page.getByRole('rowheader');
    await expect.element(rows.first()).toHaveTextContent(LAST);
    expect(rows.elements()).toHaveLength(100);
    expect(elements(container)).toBeLessThan(MOST_ELEMENTS);
    await page.getByRole('button', { name: 'List all 1,000' }).click();
    expect(rows.elements()).toHaveLength(NODES);
  });

  it('is a line for each rack on the overview', async () => {
    const { container } = render(<NodeFacts topology={TOPOLOGY} />);
    const rows = page.getByRole('table', { name: 'Nodes by datacenter and rack' }).getByRole('rowheader');
    await expect.element(rows.first()).toHaveTextContent('dc0');
    expect(rows.elements()).toHaveLength(10);
    // One of 100 in its rack is down.
    expect(page.getByText('99 of 100').elements()).toHaveLength(2);
    expect(elements(container)).toBeLessThan(300);
  });

  it('is drawn as one picture, with the nodes in doubt first', async () => {
    const { container } = render(
      <RingBoard cluster="demo" topology={TOPOLOGY} found={undefined} finder={() => null} />,
    );
    const rows = page.getByRole('table', { name: 'Nodes of the ring' }).getByRole('rowheader');
    await expect.element(rows.first()).toHaveTextContent(LAST);
    expect(rows.elements()).toHaveLength(100);
    expect(elements(container)).toBeLessThan(MOST_ELEMENTS);
  });
});
