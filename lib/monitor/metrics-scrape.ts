import 'server-only';
import type { ClusterConfig } from '@/lib/contract/configuration';
import type { NodeSample } from '@/lib/live/node-sample';
import { type CountedNumbers, knownNumbers, metricsSample } from '@/lib/metrics/known-metrics';
import { type MetricsWay, metricsText } from './metrics-text';

const TIMEOUT_MS = 5_000;
/** Their texts are in memory together. */
const AT_ONCE = 4;

type MetricsConfig = NonNullable<ClusterConfig['metrics']>;

/** The address of a node's metrics; null: none is configured for it. @param node `host:port` of CQL */
export function metricsUrl(config: MetricsConfig, node: string): string | null {
  const host = node.slice(0, node.lastIndexOf(':'));
  if (typeof config === 'string') {
    return config.replaceAll('{host}', host.includes(':') && !host.startsWith('[') ? `[${host}]` : host);
  }
  return config[node] ?? config[host] ?? null;
}

/** Asks the metrics endpoints of a cluster's nodes. */
export class MetricsScrape {
  readonly #config: MetricsConfig;
  readonly #way: MetricsWay;
  readonly #timeoutMs: number;
  readonly #before = new Map<string, CountedNumbers>();
  readonly #failures = new Map<string, string>();

  constructor(config: MetricsConfig, way: MetricsWay, timeoutMs = TIMEOUT_MS) {
    this.#config = config;
    this.#way = way;
    this.#timeoutMs = timeoutMs;
  }

  /** Where the numbers come from, in words. */
  get shown(): string {
    return typeof this.#config === 'string' ? `metrics endpoint ${this.#config}` : 'metrics endpoint of the node';
  }

  /** @returns by node what its endpoint said; one that did not answer is absent */
  async ask(nodes: readonly string[]): Promise<ReadonlyMap<string, NodeSample>> {
    const samples = new Map<string, NodeSample>();
    const waiting = nodes.values();
    for (const known of this.#failures.keys()) if (!nodes.includes(known)) this.#failures.delete(known);
    const askWaiting = async () => {
      for (const node of waiting) {
        const sample = await this.#askNode(node);
        if (sample !== null) samples.set(node, sample);
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, nodes.length) }, askWaiting));
    return samples;
  }

  gaps(): { readonly source: string; readonly nodes: string[]; readonly why: string }[] {
    return [...this.#failures].map(([node, why]) => ({ source: 'metrics endpoint', nodes: [node], why }));
  }

  async #askNode(node: string): Promise<NodeSample | null> {
    const url = metricsUrl(this.#config, node);
    if (url === null) return null;
    const before = this.#before.get(node);
    this.#before.delete(node);
    try {
      const sentMs = performance.now();
      const text = await metricsText(url, this.#way, this.#timeoutMs);
      const now = { ...knownNumbers(text), atMs: (sentMs + performance.now()) / 2 };
      this.#before.set(node, now);
      this.#failures.delete(node);
      if (now.gauges.size + now.counters.size === 0) {
        this.#failures.set(node, `${url} has no metric that Ringside knows.`);
      }
      return metricsSample(before, now);
    } catch (error) {
      this.#failures.set(node, `${url}: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
  }
}
