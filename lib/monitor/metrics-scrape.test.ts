import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { clusterConfigSchema } from '@/lib/contract/configuration';
import { MetricsScrape, metricsUrl } from './metrics-scrape';
import { type MetricsWay, metricsWayOf } from './metrics-text';

const RECORDED = readFileSync(new URL('../metrics/jmx-exporter-1.0.1.txt', import.meta.url), 'utf8');
const NODE = '10.0.0.1:9042';
const ANYWHERE: MetricsWay = { refusalOf: () => null, tunnel: null };

/** The address of a server for one test. */
async function served(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/metrics`;
}

describe('the metrics endpoints of nodes', () => {
  it('say their gauges at once and their rates from the second time on', async () => {
    const scrape = new MetricsScrape({ [NODE]: await served((_, response) => response.end(RECORDED)) }, ANYWHERE);
    const first = (await scrape.ask([NODE, '10.0.0.2:9042'])).get(NODE)?.node;
    expect([first?.get('heap'), first?.get('gc')]).toEqual([441_088_368, Number.NaN]);
    const second = await scrape.ask([NODE]);
    expect([...second.keys()]).toEqual([NODE]);
    expect(second.get(NODE)?.node.get('gc')).toBe(0);
    expect(scrape.gaps()).toEqual([]);
  });

  it.each<[string, RequestListener, RegExp]>([
    ['refuse', (_, response) => response.writeHead(503).end('busy'), /it answers 503/],
    [
      'lead elsewhere',
      (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      /it answers 302/,
    ],
    ['are silent', () => undefined, /no whole response in time/],
    ['never end', (_, response) => void response.write('a 1\n'), /no whole response in time/],
    ['say too much', (_, response) => void endless(response), /more than 32 MiB/],
    ['say nothing known', (_, response) => response.end('<html>'), /no metric that Ringside knows/],
    ['break off', (_, response) => void response.socket?.destroy(), /./],
  ])('that %s are named with the reason', async (_, listener, why) => {
    const isLarge = String(why).includes('MiB');
    const scrape = new MetricsScrape({ [NODE]: await served(listener) }, ANYWHERE, isLarge ? 30_000 : 500);
    await scrape.ask([NODE]);
    const [gap] = scrape.gaps();
    expect(gap?.nodes).toEqual([NODE]);
    expect(gap?.why).toMatch(why);
  });

  it('may send zipped text', async () => {
    const zipped = gzipSync(RECORDED);
    const url = await served((_, response) => response.setHeader('content-encoding', 'gzip').end(zipped));
    const scrape = new MetricsScrape({ [NODE]: url }, ANYWHERE);
    expect((await scrape.ask([NODE])).get(NODE)?.node.get('heap')).toBe(441_088_368);
  });

  it.each([
    ['a node announces a link-local address', 'http://{host}:7070/metrics', '169.254.169.254:9042', 'link-local'],
    ['networks deny where a name leads', { [NODE]: 'http://localhost:7070/metrics' }, NODE, 'networks.deny refuses'],
  ])('are not asked where %s', async (_, metrics, node, why) => {
    const networks = { deny: ['127.0.0.0/8', '::1'] };
    const config = clusterConfigSchema.parse({ name: 'c', contactPoints: ['10.0.0.1'] });
    const scrape = new MetricsScrape(metrics, metricsWayOf({ ...config, networks }));
    await scrape.ask([node]);
    expect(scrape.gaps()[0]?.why).toContain(why);
  });
});

function endless(response: Parameters<RequestListener>[1]): void {
  const part = Buffer.alloc(1024 * 1024, '\n');
  const more = () => {
    while (!response.destroyed && response.write(part));
    response.once('drain', more);
  };
  more();
}

describe('the address of metrics', () => {
  it.each([
    ['http://{host}:7070/metrics', '10.0.0.1:9042', 'http://10.0.0.1:7070/metrics'],
    ['http://{host}:7070/metrics', '2001:db8::1:9042', 'http://[2001:db8::1]:7070/metrics'],
    [{ '10.0.0.1': 'http://a/' }, '10.0.0.1:9042', 'http://a/'],
    [{ '10.0.0.1:9043': 'http://b/', '10.0.0.1': 'http://a/' }, '10.0.0.1:9043', 'http://b/'],
    [{ '10.0.0.1': 'http://a/' }, '10.0.0.2:9042', null],
  ])('%j of %s is %s', (config, node, url) => {
    expect(metricsUrl(config, node)).toBe(url);
  });

  it.each<[unknown, boolean]>([
    ['http://{host}:7070/metrics', true],
    ['https://{host}/x', true],
    [{ '10.0.0.1': 'http://10.0.0.1:7070/metrics' }, true],
    ['http://elsewhere:7070/metrics', false],
    ['http://{host}.elsewhere/metrics', false],
    ['http://me:secret@{host}/metrics', false],
    ['file:///etc/passwd', false],
    [{ '10.0.0.1': 'gopher://x' }, false],
  ])('%j: %s', (metrics, isValid) => {
    const config = { name: 'c', contactPoints: ['10.0.0.1'], metrics };
    expect(clusterConfigSchema.safeParse(config).success).toBe(isValid);
  });
});
