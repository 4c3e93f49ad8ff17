import 'server-only';
import type { ClusterConfig } from '@/lib/contract/configuration';
import type { NodeSample } from '@/lib/live/node-sample';
import { type CountedNumbers, knownNumbers, metricsSample } from '@/lib/metrics/known-metrics';

/** More than an exporter says of a node with a thousand tables. */
const MOST_BYTES = 32 * 1024 * 1024;
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
  readonly #timeoutMs: number;
  readonly #before = new Map<string, CountedNumbers>();
  readonly #failures = new Map<string, string>();

  constructor(config: MetricsConfig, timeoutMs = TIMEOUT_MS) {
    this.#config = config;
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
      const text = await readText(url, this.#timeoutMs);
      const now = { ...knownNumbers(text), atMs: (sentMs + performance.now()) / 2 };
      this.#before.set(node, now);
      this.#failures.delete(node);
      if (now.gauges.size + now.counters.size === 0) {
        this.#failures.set(node, `${url} has no metric that Ringside knows.`);
      }
      return metricsSample(before, now);
    } catch (error) {
      this.#failures.set(node, `${url}: ${wordsOf(error)}`);
      return null;
    }
  }
}

/** @throws Error when it does not come whole, in time, from exactly there */
async function readText(url: string, timeoutMs: number): Promise<string> {
  const response = await fetch(url, {
    // To another address than the configured one, nothing is sent.
    redirect: 'error',
    headers: { accept: 'text/plain;version=0.0.4' },
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw new Error(`it answers ${response.status}.`);
  }
  const [reader, decoder, parts] = [response.body.getReader(), new TextDecoder(), [] as string[]];
  let bytes = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    bytes += read.value.byteLength;
    if (bytes > MOST_BYTES) {
      await reader.cancel();
      throw new Error(`it says more than ${MOST_BYTES / 1024 / 1024} MiB.`);
    }
    parts.push(decoder.decode(read.value, { stream: true }));
  }
  return parts.join('');
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'no whole response in time.';
  return error.cause instanceof Error ? error.cause.message : error.message;
}
