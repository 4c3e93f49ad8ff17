import { describe, expect, it } from 'vitest';
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
