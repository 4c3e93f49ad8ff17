import { MOST_LIVE_NODES } from '@/lib/contract/limits';
import type { LiveLine, LiveRequest, LiveResponse } from '@/lib/contract/live';
import { KEPT_MS, LiveBuffer } from './live-buffer';
import { combine, type NodeSample } from './node-sample';
import { SERIES, SERIES_NAMES, type SeriesName } from './series';

/** Of all nodes as one. */
const ALL = '*';

function rowName(node: string, series: SeriesName, of = ''): string {
  return `${node}\u0000${series}\u0000${of}`;
}

/** An hour of numbers of a cluster: by node, by table, by pool. */
export class KeptHour {
  readonly #buffer: LiveBuffer;

  constructor(buffer = new LiveBuffer()) {
    this.#buffer = buffer;
  }

  get lastMs(): number | null {
    return this.#buffer.lastMs;
  }

  /** Nobody looked for a while: what follows is not joined to what was. */
  gap(): void {
    const { lastMs } = this.#buffer;
    if (lastMs !== null) this.#buffer.begin(lastMs + 1);
  }

  /** Adds what the nodes said at one time. A node that said nothing has a gap there. */
  add(atMs: number, nodes: ReadonlyMap<string, readonly NodeSample[]>): void {
    this.#buffer.begin(atMs);
    for (const [node, samples] of nodes) for (const sample of samples) this.#addNode(node, sample);
    const whole = new Map<string, number>();
    for (const [node, samples] of nodes) for (const sample of samples) this.#addTables(node, sample, whole);
    for (const [name, value] of whole) this.#putIfUsed(name, value);
  }

  #addNode(node: string, { node: numbers, pools }: NodeSample): void {
    for (const [series, value] of numbers) if (!Number.isNaN(value)) this.#buffer.put(rowName(node, series), value);
    for (const [pool, { pending, blocked }] of pools) {
      this.#buffer.putSparse(rowName(node, 'pending', pool), pending, rowName(node, 'pending'));
      this.#buffer.putSparse(rowName(node, 'blocked', pool), blocked, rowName(node, 'blocked'));
    }
  }

  #addTables(node: string, { tables }: NodeSample, whole: Map<string, number>): void {
    for (const [table, numbers] of tables) {
      for (const [series, value] of numbers) {
        if (Number.isNaN(value)) continue;
        const name = rowName(ALL, series, table);
        whole.set(name, combine(series, whole.get(name) ?? Number.NaN, value));
        this.#putIfUsed(rowName(node, series, table), value);
      }
    }
  }

  /** Most tables are idle: rows of nothing but zeros are not worth their room. */
  #putIfUsed(name: string, value: number): void {
    if (value !== 0 || this.#buffer.has(name)) this.#buffer.put(name, value);
  }

  /** Forgets nodes that have left. */
  retain(nodes: readonly string[]): void {
    const kept = new Set([...nodes, ALL]);
    this.#buffer.retain((name) => kept.has(name.slice(0, name.indexOf('\u0000'))));
  }

  /** Pools whose tasks waited within what is kept. */
  pools(): string[] {
    const pools = new Set<string>();
    for (const name of this.#buffer.names()) {
      const [, series, pool = ''] = name.split('\u0000');
      if (pool !== '' && (series === 'pending' || series === 'blocked')) pools.add(pool);
    }
    return [...pools].sort();
  }

  /** What a request asks for. @param known the nodes of the cluster */
  read(request: LiveRequest, known: readonly string[], nowMs: number): Pick<LiveResponse, 'times' | 'lines'> {
    const afterMs = Math.max(request.after ?? 0, nowMs - KEPT_MS);
    const times = this.#buffer.times(afterMs);
    const { keyspace, table, nodes = [] } = request;
    const of = keyspace === undefined || table === undefined ? '' : `${keyspace}.${table}`;
    const chosen = nodes.length > 0 ? nodes.filter((node) => known.includes(node)) : known;
    const isApart = nodes.length > 0 || known.length <= MOST_LIVE_NODES;
    const lines = SERIES_NAMES.flatMap((series): LiveLine[] => {
      if (of !== '' && !SERIES[series].byTable) return [];
      const part = of !== '' ? of : isOfPool(series) ? (request.pool ?? '') : '';
      const apart = () => chosen.flatMap((node) => this.#line(series, node, rowName(node, series, part), afterMs));
      if (isApart) return apart();
      if (of !== '') return this.#line(series, null, rowName(ALL, series, of), afterMs);
      return joined(series, apart());
    });
    return { times, lines };
  }

  #line(series: SeriesName, node: string | null, name: string, afterMs: number): LiveLine[] {
    const values = this.#buffer.values(name, afterMs);
    return values === undefined ? [] : [{ series, node, values }];
  }
}

function isOfPool(series: SeriesName): boolean {
  return series === 'pending' || series === 'blocked';
}

/** Lines of nodes as one: of the nodes that said something at each time. */
function joined(series: SeriesName, lines: readonly LiveLine[]): LiveLine[] {
  const [first, ...others] = lines;
  if (first === undefined) return [];
  const values = first.values.map((value) => value ?? Number.NaN);
  for (const line of others) {
    for (const [at, value] of line.values.entries()) {
      if (value !== null) values[at] = combine(series, values[at] ?? Number.NaN, value);
    }
  }
  return [{ series, node: null, values: values.map((value) => (Number.isNaN(value) ? null : value)) }];
}
