import { describe, expect, it } from 'vitest';
import { classifyOnce } from '@/lib/cql/classify-once';
import { schemaLookup } from '@/lib/cql/schema-lookup';
import { analysisKeyspace } from '@/lib/cql/test-analysis';
// Prepared with the file: a test does not wait for it to be compiled.
import './run-engine';
import { RunSession } from './run-session';

const settings = { keyspace: 'ks', consistency: null, pageRows: null, trace: false };
const session = () => new RunSession('test', { onStepEnd: () => undefined, onRunEnd: () => undefined });
const origin = { documentId: 'd', charactersAfter: 0 };
/** A write, which asks before it is sent. */
const write = (key: number) => ({ text: `INSERT INTO t (k) VALUES (${key})`, start: 0 });

describe('a run that is started before the code for it is loaded', () => {
  it('waits for that code, and of several starts the last one counts', async () => {
    const own = session();
    const starts = [1, 2].map((key) => own.start(write(key), origin, settings));
    expect(own.getState().run).toBeNull();
    await Promise.all(starts);
    expect(own.getState().run?.steps).toMatchObject([{ text: write(2).text, state: { status: 'asking' } }]);
  });

  it('does not start once its page is left', async () => {
    const own = session();
    const started = own.start(write(1), origin, settings);
    own.leave();
    await started;
    expect(own.getState().run).toBeNull();
  });
});

describe('a run that is started before the schema is here', () => {
  const text = 'DELETE FROM t WHERE a = 1 AND b = 1';

  it('waits for it, so that what is asked about is what the statement does', async () => {
    const own = session();
    let come = (_: ReturnType<typeof schemaLookup>) => {};
    const schema = new Promise<ReturnType<typeof schemaLookup>>((resolve) => (come = resolve));
    const started = own.start({ text, start: 0 }, { ...origin, schema }, settings);
    await own.prepare();
    expect(own.getState().run).toBeNull();
    come(schemaLookup([analysisKeyspace('ks')]));
    await started;
    const [step] = own.getState().run?.steps ?? [];
    expect(step?.classification).toEqual(
      classifyOnce(text, { keyspace: 'ks', schema: schemaLookup([analysisKeyspace('ks')]) }),
    );
    expect(step?.classification).not.toEqual(classifyOnce(text, { keyspace: 'ks' }));
  });

  it('starts without it where it does not come', async () => {
    const own = session();
    await own.start({ text, start: 0 }, { ...origin, schema: Promise.resolve(undefined) }, settings);
    expect(own.getState().run?.steps).toHaveLength(1);
  });
});

describe('a statement that changes something', () => {
  it('is never read again', async () => {
    const own = session();
    await own.start(write(1), origin, settings);
    own.again(own.getState().run?.steps[0]?.id ?? '');
    expect(own.getState().readers.size).toBe(0);
  });
});
