import 'server-only';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { toFailure } from '@/lib/cassandra/client/errors';
import { LiveRound } from '@/lib/cassandra/nodes/live-round';
import { LIVE_INTERVALS_MS, LIVE_STATEMENTS, ROUND_MS } from '@/lib/cassandra/nodes/live-statements';
import { perMinute } from '@/lib/cassandra/nodes/pace';
import type { LiveRequest, LiveResponse } from '@/lib/contract/live';
import { KeptHour } from '@/lib/live/kept-hour';
import { KEPT_MS } from '@/lib/live/live-buffer';
import { MetricsScrape } from './metrics-scrape';
import { metricsWayOf } from './metrics-text';

/** Nobody has looked for as long: the nodes are no longer asked. */
const UNWATCHED_MS = 60_000;
/** A rate needs two responses: the second round comes soon, once, where the cluster is small. */
const FIRST_WINDOW_MS = 2_000;
/** A request waits as long for the first round. */
const WAIT_MS = 1_200;

/** One cluster while somebody looks at it: asks its nodes once for all who look, and keeps an hour of what they said. */
export class LivePoll {
  readonly #round = new LiveRound();
  readonly #scrape: MetricsScrape | null;
  #hour = new KeptHour();
  #timer: NodeJS.Timeout | null = null;
  #asking: Promise<void> | null = null;
  #lookedMs = 0;
  #rounds = 0;
  #askedAt: string | null = null;
  readonly #unwatchedMs: number;

  constructor(
    readonly cluster: Cluster,
    unwatchedMs = UNWATCHED_MS,
  ) {
    const { metrics } = cluster.config;
    this.#scrape = metrics === undefined ? null : new MetricsScrape(metrics, metricsWayOf(cluster.config));
    this.#unwatchedMs = unwatchedMs;
  }

  /** Whether the nodes are being asked again and again. */
  get isRunning(): boolean {
    return this.#timer !== null || this.#asking !== null;
  }

  /**
   * What is kept, and a sign that somebody looks.
   * @throws Failure when no node can be reached
   */
  async look(request: LiveRequest): Promise<LiveResponse> {
    const client = await this.cluster.client();
    this.#lookedMs = performance.now();
    if (!this.isRunning) this.#begin();
    if (this.#rounds === 0) await Promise.race([this.#asking, pause(WAIT_MS)]);
    const nodes = client.hosts
      .values()
      .map(({ address }) => address)
      .sort();
    const { stretch } = this.#round;
    return {
      asOf: this.#askedAt,
      everyMs: Math.round(ROUND_MS * stretch),
      statementsPerMinute: perMinute(nodes.length, LIVE_INTERVALS_MS, stretch),
      nodes,
      pools: this.#hour.pools(),
      sources: this.#sources(),
      gaps: [...this.#round.gaps(), ...(this.#scrape?.gaps() ?? [])],
      ...this.#hour.read(request, nodes, Date.now()),
    };
  }

  /** No more is asked, and nothing is kept. */
  end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#hour = new KeptHour();
  }

  #sources(): LiveResponse['sources'] {
    const { stretch } = this.#round;
    const tables = Object.values(LIVE_STATEMENTS).map(({ table, everyMs }) => ({
      source: table,
      shown: table.includes('.') ? table : `system_views.${table}`,
      everyMs: Math.round(everyMs * stretch),
    }));
    if (this.#scrape === null) return tables;
    return [...tables, { source: 'metrics', shown: this.#scrape.shown, everyMs: Math.round(ROUND_MS * stretch) }];
  }

  #begin(): void {
    this.#hour.gap();
    this.#rounds = 0;
    this.#round.forget();
    this.#ask();
  }

  #ask(): void {
    this.#timer = null;
    this.#asking = this.#askOnce()
      // A cluster that cannot be reached is said by whoever looks at it; the next round tries again.
      .catch((error: unknown) => console.error('Live:', toFailure(error).message))
      .finally(() => {
        this.#asking = null;
        this.#next();
      });
  }

  async #askOnce(): Promise<void> {
    const client = await this.cluster.client();
    const startedMs = Date.now();
    const nodes = client.hosts.values().map(({ address }) => address);
    const [said, scraped] = await Promise.all([this.#round.ask(client, this.#rounds), this.#scrape?.ask(nodes)]);
    const samples = new Map(said);
    for (const [node, sample] of scraped ?? []) samples.set(node, [...(samples.get(node) ?? []), sample]);
    this.#hour.add(startedMs, samples);
    this.#hour.retain(nodes);
    this.#askedAt = new Date(startedMs).toISOString();
    this.#rounds += 1;
  }

  #next(): void {
    const { stretch } = this.#round;
    if (performance.now() - this.#lookedMs > this.#unwatchedMs + ROUND_MS * (stretch - 1)) {
      // An hour later all that is kept is too old to be shown.
      setTimeout(() => this.#drop(), KEPT_MS).unref();
      return;
    }
    const waitMs = this.#rounds === 1 && stretch === 1 ? FIRST_WINDOW_MS : ROUND_MS * stretch;
    this.#timer = setTimeout(() => this.#ask(), waitMs).unref();
  }

  #drop(): void {
    const isOld = performance.now() - this.#lookedMs >= KEPT_MS;
    if (isOld && !this.isRunning) this.#hour = new KeptHour();
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
