import { describe, expect, it } from 'vitest';
import type { Endpoint, Endpoints } from '@/lib/contract/endpoint';
import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { countStream, requestCounts, streamCounts } from './counts';
import { openMetrics, type Reading } from './metrics';

const READING: Reading = {
  requests: [{ endpoint: 'GET /api/clusters', status: 200, requests: 3 }],
  streams: { open: 1, bytes: 4096 },
  clusters: [{ cluster: 'demo', pages: 2, rows: 20, bytes: 900, inFlight: 1, waiting: 4 }],
  jobs: [{ kind: 'export', state: 'running', jobs: 1 }],
  audit: { lines: 12, lost: 2, isFailing: true },
  sessions: 3,
};

const linesOf = (text: string) => text.split('\n').filter((line) => line.startsWith('ringside_'));

describe('the metrics', () => {
  it('have these names and labels', async () => {
    const metrics = await openMetrics(() => READING);
    expect(linesOf(await metrics.text())).toEqual([
      'ringside_requests_total{endpoint="GET /api/clusters",status="200"} 3',
      'ringside_stream_bytes_total 4096',
      'ringside_read_pages_total{cluster="demo"} 2',
      'ringside_read_rows_total{cluster="demo"} 20',
      'ringside_read_bytes_total{cluster="demo"} 900',
      'ringside_audit_lines_total 12',
      'ringside_audit_lost_lines_total 2',
      'ringside_streams_open 1',
      'ringside_reads_in_flight{cluster="demo"} 1',
      'ringside_reads_waiting{cluster="demo"} 4',
      'ringside_jobs{kind="export",state="running"} 1',
      'ringside_audit_failing 1',
      'ringside_sessions_open 3',
    ]);
  });

  it('include the memory and the event-loop lag of the process', async () => {
    const metrics = await openMetrics(() => READING);
    const text = await metrics.text();
    expect(metrics.contentType).toMatch(/^text\/plain/);
    for (const name of ['process_resident_memory_bytes', 'nodejs_heap_size_used_bytes', 'nodejs_eventloop_lag_seconds'])
      expect(text).toMatch(new RegExp(`^${name} \\d`, 'm'));
  });

  it('are of the moment: what is gone has no line, and nothing is counted twice', async () => {
    let reading = READING;
    const metrics = await openMetrics(() => reading);
    await metrics.text();
    reading = { ...READING, jobs: [], streams: { open: 0, bytes: 4097 } };
    const lines = linesOf(await metrics.text());
    expect(lines).toContain('ringside_stream_bytes_total 4097');
    expect(lines).toContain('ringside_requests_total{endpoint="GET /api/clusters",status="200"} 3');
    expect(lines.some((line) => line.startsWith('ringside_jobs'))).toBe(false);
  });
});

describe('what is counted', () => {
  it('has the names of endpoints, whatever is in the path', async () => {
    const GET = route(endpoints.schema.get, () => Promise.reject(new Error('never called')));
    for (const cluster of ['a', 'b', '../c', 'd'.repeat(500)]) {
      await GET(new Request(`http://localhost/api/clusters/${encodeURIComponent(cluster)}/schema`), {
        params: Promise.resolve({ cluster }),
      });
    }
    const all = Object.values<Endpoints>(endpoints).flatMap((address): Endpoint[] => Object.values(address));
    const names = new Set(all.map(({ method, path }) => `${method} ${path}`));
    const counted = requestCounts();
    expect(counted).toContainEqual({ endpoint: 'GET /api/clusters/{cluster}/schema', status: 404, requests: 4 });
    expect(counted.filter(({ endpoint }) => !names.has(endpoint))).toEqual([]);
  });

  it('is a stream until it ends, once', () => {
    const before = streamCounts();
    const stream = countStream();
    stream.sent(10);
    expect(streamCounts()).toEqual({ open: before.open + 1, bytes: before.bytes + 10 });
    stream.end();
    stream.end();
    expect(streamCounts().open).toBe(before.open);
  });
});
