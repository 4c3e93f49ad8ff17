import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { getCluster } from '@/lib/cassandra/client/registry';
import { countAnswers, countRequests } from '@/lib/cassandra/test-support';
import { EXPORT_ID_HEADER, exportProgressSchema, exportsResponseSchema } from '@/lib/contract/exports';
import { DELETE as stopExport, GET as watchExport } from './exports/[id]/route';
import { GET as listExports } from './exports/route';
import { ask, exportBed, onExport, ROWS, request } from './test-exports';

const KEYSPACE = 'ringside_export_progress_test';
const { plain } = exportBed(KEYSPACE);

describe('during a download', () => {
  it('its progress can be watched to the end', async () => {
    const id = randomUUID();
    const response = await ask({ id, keyspace: KEYSPACE, table: 't', format: 'csv', pageRows: 200 });
    expect(response.headers.get(EXPORT_ID_HEADER)).toBe(id);
    const watched = watchExport(request(), onExport(id)).then((progress) => progress.text());
    const bytes = Buffer.from(await response.arrayBuffer());
    const lines = (await watched)
      .trimEnd()
      .split('\n')
      .map((line) => exportProgressSchema.parse(JSON.parse(line)));
    expect(lines[0]).toMatchObject({ id, state: 'running', title: `${KEYSPACE}.t` });
    expect(lines.at(-1)).toMatchObject({
      state: 'complete',
      rows: ROWS,
      bytes: bytes.length,
      ringFraction: 1,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
    const listed = exportsResponseSchema.parse(
      await (await listExports(request(), { params: Promise.resolve({}) })).json(),
    );
    expect(listed.exports[0]).toMatchObject({ id, state: 'complete' });
  });

  it('a stop breaks it off and requests no more pages', async () => {
    const requests = countRequests(await getCluster('test').client(), '/* stopped */');
    const id = randomUUID();
    const reader = (await ask({ id, statement: wide('stopped'), format: 'csv', pageRows: 10 })).body?.getReader();
    await reader?.read();
    const stopped = exportProgressSchema.parse(await (await stopExport(request(), onExport(id))).json());
    expect(stopped).toMatchObject({ state: 'stopped', sha256: null });
    const asked = requests();
    await expect(toItsEnd(reader)).rejects.toThrow();
    for (let waits = 0; waits < 30; waits++) await plain.execute('SELECT key FROM system.local');
    expect(requests()).toBe(asked);
    expect(asked).toBeLessThan(PAGES / 2);
  });

  it('a reader that stalls causes only a few pages to be requested', async () => {
    const answers = countAnswers(await getCluster('test').client(), '/* stalls */');
    const reader = (await ask({ statement: wide('stalls'), format: 'csv', pageRows: 10 })).body?.getReader();
    await reader?.read();
    const rest = async () => {
      const before = answers();
      for (let waits = 0; waits < 30; waits++) await plain.execute('SELECT key FROM system.local');
      return answers() - before;
    };
    await expect.poll(rest).toBe(0);
    expect(answers()).toBeLessThan(PAGES / 2);
    await reader?.cancel();
  });

  it('a reader that leaves ends the export as stopped', async () => {
    const [id, leave] = [randomUUID(), new AbortController()];
    const asked = { id, statement: wide('left'), format: 'csv', pageRows: 10 } as const;
    const reader = (await ask(asked, { signal: leave.signal })).body?.getReader();
    await reader?.read();
    leave.abort();
    await expect(toItsEnd(reader)).rejects.toThrow();
    const progress = await (await watchExport(request(), onExport(id))).text();
    expect(exportProgressSchema.parse(JSON.parse(progress))).toMatchObject({ state: 'stopped' });
  });
});

/** Pages of ten rows each. */
const PAGES = ROWS / 10;

/** Rows of 1 KB, so that what a download prepares before its response is a small part of the file. */
function wide(mark: string): string {
  return `SELECT /* ${mark} */ (text)'${'x'.repeat(1_000)}' AS pad, k, c FROM ${KEYSPACE}.t`;
}

/** Reads the rest of a file. */
async function toItsEnd(reader: ReadableStreamDefaultReader<Uint8Array> | undefined): Promise<void> {
  while ((await reader?.read())?.done === false);
}
