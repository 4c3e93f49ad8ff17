import { beforeAll, describe, expect, it, vi } from 'vitest';
import { linesResponse } from './lines';
import { stopStreams } from './open-streams';
import { rowStreamResponse } from './row-stream';
import { intPage, TestRead } from './test-reads';
import { toStream } from './to-stream';

/** A page that has not arrived, and its arrival. */
function pending() {
  let arrive: (page: ReturnType<typeof intPage>) => void = () => undefined;
  const page = new Promise<ReturnType<typeof intPage>>((resolve) => {
    arrive = resolve;
  });
  return { page, arrive: () => arrive(intPage([3], { index: 1, isLast: true })) };
}

const lastLine = (text: string) => JSON.parse(text.trimEnd().split('\n').at(-1) ?? '');

/** Streams of every sort, all of them open when the server stops. */
async function opened() {
  const [ofRead, ofWrite] = [pending(), pending()];
  const read = new TestRead([intPage([1, 2]), ofRead.page]);
  const write = new TestRead([intPage([1, 2]), ofWrite.page], false);
  const paused = new TestRead([intPage([1]), intPage([2], { index: 1 })]);
  const unread = (await rowStreamResponse(paused)).body?.getReader();
  await unread?.read();
  const sendNoMore = vi.fn();
  async function* writes() {
    yield { applied: 1 };
    await vi.waitFor(() => expect(sendNoMore).toHaveBeenCalled());
    yield { end: { applied: 1, notSent: 9 } };
  }
  const freed = vi.fn();
  async function* endless() {
    try {
      for (;;) {
        yield Buffer.from('x\n');
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    } finally {
      freed();
    }
  }
  return {
    ...{ read, unread, paused, sendNoMore, freed, arrive: ofWrite.arrive },
    ofRead: (await rowStreamResponse(read)).text(),
    ofWrite: (await rowStreamResponse(write)).text(),
    ofLines: linesResponse(writes(), () => undefined, sendNoMore).text(),
    ofProgress: new Response(toStream(endless(), () => undefined)).text().catch((error: unknown) => error),
  };
}

describe('when the server stops', () => {
  let streams: Awaited<ReturnType<typeof opened>>;
  let stopped: Promise<void>;
  beforeAll(async () => {
    streams = await opened();
    stopped = stopStreams();
  });

  it('a read ends with an error that says so, its rows, and where to continue', async () => {
    const error = { code: 'server_stopping', retryable: true, rows: 2, cursor: 'cursor-0' };
    expect(lastLine(await streams.ofRead)).toMatchObject({ error });
    expect(streams.read.isReturned).toBe(true);
  });

  it('a read that nobody takes is broken off, and its source is freed', async () => {
    await vi.waitFor(() => expect(streams.paused.isReturned).toBe(true), { timeout: 20_000 });
    await expect(streams.unread?.read()).rejects.toMatchObject({ error: { code: 'server_stopping' } });
  });

  it('a stream without an end is broken off: it cannot look complete', async () => {
    expect(await streams.ofProgress).toMatchObject({ error: { code: 'server_stopping' } });
    await vi.waitFor(() => expect(streams.freed).toHaveBeenCalled());
  });

  it('lines of writes send no more, and end with what became of those that were sent', async () => {
    expect(lastLine(await streams.ofLines)).toEqual({ end: { applied: 1, notSent: 9 } });
  });

  it('a write that was sent is waited for, so that its outcome is known', async () => {
    const first = await Promise.race([stopped.then(() => 'stopped'), streams.ofProgress.then(() => 'waiting')]);
    expect(first).toBe('waiting');
    streams.arrive();
    expect(lastLine(await streams.ofWrite)).toMatchObject({ end: { rows: 3 } });
    await stopped;
  });

  it('a stream that begins meanwhile is stopped at once', async () => {
    const onStop = vi.fn();
    async function* nothing() {}
    await new Response(toStream(nothing(), () => undefined, { onStop })).text();
    expect(onStop).toHaveBeenCalledOnce();
  });
});
