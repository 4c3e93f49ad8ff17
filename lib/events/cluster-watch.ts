import 'server-only';
import { randomUUID } from 'node:crypto';
import { type Noticed, SETTINGS_EVERY_MS, type Sight } from '@/lib/cassandra/nodes/sight';
import { SETTINGS_NODES } from '@/lib/cluster/event-words';
import { ringChanges, type SeenNode } from '@/lib/cluster/ring-changes';
import { schemaChanges } from '@/lib/cluster/schema-changes';
import { heldSettings, type SeenSettings, type SettingsChange, settingsChanges } from '@/lib/cluster/settings-changes';
import {
  type ClusterEvent,
  type EventsRequest,
  type EventsResponse,
  MOST_CHANGES,
  MOST_SETTINGS,
} from '@/lib/contract/events';
import type { LineLog } from '@/lib/line-log';
import type { LastSeen, Seen } from './last-seen';

/** Between two looks at the schema's version: one statement to one node. */
const LOOK_MS = 20_000;
/** Events in one response. */
const MOST_LISTED = 100;

const DRIVER = 'Ringside’s connections';
const PEERS = 'system.peers_v2';
const SETTINGS = 'its system_views.settings';
const OWN = 'gossip_generation in its system.local';

type Kept = Pick<ClusterEvent, 'kind' | 'source'> &
  Partial<Omit<ClusterEvent, 'id' | 'at' | 'since'>> & { readonly since: Date | null };

/** Watches one cluster while Ringside is connected to it, and keeps what happens. */
export class ClusterWatch {
  readonly #cluster: string;
  readonly #log: LineLog<ClusterEvent>;
  readonly #lastSeen: LastSeen;
  readonly #lookMs: number;
  readonly #settingsMs: number;
  #settings: { readonly settings: SeenSettings; readonly at: Date } | null = null;
  #since: Date | null = null;
  #at: Date | null = null;
  #seen: Seen | null = null;
  #turn: Promise<void> = Promise.resolve();

  constructor(
    cluster: string,
    log: LineLog<ClusterEvent>,
    lastSeen: LastSeen,
    lookMs = LOOK_MS,
    settingsMs = SETTINGS_EVERY_MS,
  ) {
    this.#cluster = cluster;
    this.#log = log;
    this.#lastSeen = lastSeen;
    this.#lookMs = lookMs;
    this.#settingsMs = settingsMs;
  }

  /**
   * Begins to watch through `sight`, as soon as what was watched before has been written.
   * @returns ends it
   */
  begin(sight: Sight): () => void {
    this.#since = new Date();
    void this.#inTurn(() => this.#begun(sight));
    void this.#inTurn(() => this.#beginSettings(sight));
    const unnotice = sight.notice((noticed) => this.#noticed(sight, noticed));
    const timer = setInterval(() => void this.#inTurn(() => this.#look(sight, false)), this.#lookMs);
    const slowTimer = setInterval(() => void this.#inTurn(() => this.#lookAtSettings(sight, null)), this.#settingsMs);
    for (const one of [timer, slowTimer]) one.unref();
    return () => {
      this.#since = null;
      unnotice();
      for (const one of [timer, slowTimer]) clearInterval(one);
    };
  }

  /** The newest events that match, newest first. */
  async list({ about, node, before }: EventsRequest): Promise<EventsResponse> {
    const events: ClusterEvent[] = [];
    const watchingSince = this.#since?.toISOString() ?? null;
    let isBefore = before !== undefined;
    for (const event of await this.#log.newestFirst(this.#cluster)) {
      if (isBefore) {
        isBefore = event.id !== before;
        continue;
      }
      if (about !== undefined && (event.kind === 'schema_changed') !== (about === 'schema')) continue;
      if (node !== undefined && event.node !== node) continue;
      if (events.length === MOST_LISTED) return { events, hasMore: true, watchingSince };
      events.push(event);
    }
    return { events, hasMore: false, watchingSince };
  }

  /** When all that was noticed so far has been looked at, for tests. */
  settled(): Promise<void> {
    return this.#turn;
  }

  /** Looks one after the other. A look that fails is no event: the next one sees the same. */
  #inTurn(look: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(look).catch(() => undefined);
    return this.#turn;
  }

  #noticed(sight: Sight, noticed: Noticed): void {
    if (noticed.what !== 'members') {
      const kind = noticed.what === 'up' ? 'node_up' : 'node_down';
      this.#keep({ kind, node: noticed.node, source: DRIVER, since: null });
    }
    if (noticed.what !== 'down') void this.#inTurn(() => this.#look(sight, true));
    if (noticed.what === 'up') void this.#inTurn(() => this.#lookAtSettings(sight, noticed.node));
  }

  async #begun(sight: Sight): Promise<void> {
    const last = await this.#lastSeen.read(this.#cluster);
    [this.#seen, this.#at] = [last?.seen ?? null, last?.at ?? null];
    const nodes = await sight.nodes();
    const silent = nodes.filter(({ generation }) => generation === null).map(({ address }) => address);
    this.#keep({
      kind: 'watching_began',
      source: DRIVER,
      since: this.#at,
      fields: [
        { field: 'nodes', before: null, after: String(nodes.length) },
        ...(silent.length === 0 ? [] : [{ field: 'no answer from', before: null, after: silent.join(', ') }]),
      ],
    });
    await this.#compare(sight, nodes);
  }

  async #look(sight: Sight, withNodes: boolean): Promise<void> {
    await this.#compare(sight, withNodes ? await sight.nodes() : (this.#seen?.nodes ?? (await sight.nodes())));
  }

  /** Keeps what differs from the last view, and that view. */
  async #compare(sight: Sight, found: readonly SeenNode[]): Promise<void> {
    const [last, since, at] = [this.#seen, this.#at, new Date()];
    const nodes = found.map((node) => withGeneration(node, last?.nodes ?? []));
    const { version, node } = await sight.schemaVersion();
    const schema = last?.version === version ? last.schema : await sight.schema();
    const seen: Seen = { nodes, version, schema };
    if (last !== null) this.#keepChanges(last, seen, since, node);
    [this.#seen, this.#at] = [seen, at];
    const isSame = last?.version === version && JSON.stringify(last.nodes) === JSON.stringify(nodes);
    await (isSame ? this.#lastSeen.same(this.#cluster, at) : this.#lastSeen.write(this.#cluster, seen));
  }

  async #beginSettings(sight: Sight): Promise<void> {
    this.#settings = await this.#lastSeen.readSettings(this.#cluster);
    await this.#lookAtSettings(sight, null);
  }

  /** @param node only this one; null: all */
  async #lookAtSettings(sight: Sight, node: string | null): Promise<void> {
    const [last, now] = [this.#settings, await sight.settings(node)];
    if (last !== null) {
      for (const change of settingsChanges(last.settings, now)) this.#keepSettings(change, now.size, last.at);
    }
    // One that is asked alone says nothing about when the others were seen.
    const at = node === null ? new Date() : (last?.at ?? new Date());
    const known = this.#seen?.nodes.map(({ address }) => address) ?? [...now.keys()];
    const settings = heldSettings(last?.settings ?? new Map(), now, known);
    this.#settings = { settings, at };
    await this.#lastSeen.writeSettings(this.#cluster, settings);
  }

  #keepSettings({ nodes, fields }: SettingsChange, asked: number, since: Date): void {
    const [only] = nodes;
    const isAlone = nodes.length === 1;
    const who = nodes.length === asked ? `all ${asked} that answered` : nodes.join(', ');
    this.#keep({
      kind: 'settings_changed',
      node: isAlone ? (only ?? null) : null,
      source: SETTINGS,
      since,
      fields: [
        ...(isAlone ? [] : [{ field: SETTINGS_NODES, before: null, after: who }]),
        ...fields.slice(0, MOST_SETTINGS),
      ],
      moreChanges: Math.max(0, fields.length - MOST_SETTINGS),
    });
  }

  #keepChanges(last: Seen, seen: Seen, since: Date | null, node: string): void {
    for (const change of ringChanges(last.nodes, seen.nodes)) {
      this.#keep({
        ...change,
        fields: [...change.fields],
        source: change.kind === 'node_restarted' ? OWN : PEERS,
        since,
      });
    }
    if (last.version === seen.version) return;
    const unread = new Set([...last.schema.unread, ...seen.schema.unread]);
    const readable = ({ schema: { items } }: Seen) => items.filter(({ what }) => !unread.has(what));
    const changes = schemaChanges(readable(last), readable(seen));
    if (changes.length === 0) return;
    const moreChanges = Math.max(0, changes.length - MOST_CHANGES);
    const source = `system_schema of ${node}`;
    this.#keep({ kind: 'schema_changed', source, since, changes: changes.slice(0, MOST_CHANGES), moreChanges });
  }

  #keep({ since, ...event }: Kept): void {
    void this.#log.append(this.#cluster, {
      id: randomUUID(),
      at: new Date().toISOString(),
      since: since?.toISOString() ?? null,
      node: null,
      fields: [],
      changes: [],
      moreChanges: 0,
      ...event,
    });
  }
}

/** With the start that it last answered with, while it does not answer. */
function withGeneration(node: SeenNode, last: readonly SeenNode[]): SeenNode {
  if (node.generation !== null) return node;
  return { ...node, generation: last.find(({ id }) => id === node.id)?.generation ?? null };
}
