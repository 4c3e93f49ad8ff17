import { describe, expect, it } from 'vitest';
import type { FileFrame } from '../file-frames';
import { type DiskFile, FileChangedError, isDue, type Mark, START, writeFrames } from './write-frames';

const encoder = new TextEncoder();

/** A file as a browser has it: what is written goes into a copy that takes its place when it is closed. */
class TestFile implements DiskFile {
  content = '';
  /** Characters that fit; beyond them a write fails, as on a full disk. */
  room = Number.POSITIVE_INFINITY;

  async getFile() {
    return { size: this.content.length };
  }

  async createWritable({ keepExistingData }: { keepExistingData: boolean }) {
    let copy = keepExistingData ? this.content : '';
    let at = 0;
    let full = false;
    return {
      truncate: async (size: number) => {
        copy = copy.slice(0, size);
      },
      seek: async (to: number) => {
        at = to;
      },
      write: async (bytes: Uint8Array) => {
        const text = new TextDecoder().decode(bytes);
        if (at + text.length > this.room) full = true;
        if (full) throw new DOMException('no room', 'QuotaExceededError');
        copy = copy.slice(0, at) + text + copy.slice(at + text.length);
        at += text.length;
      },
      close: async () => {
        if (full) throw new DOMException('no room', 'QuotaExceededError');
        this.content = copy;
      },
    };
  }
}

const bytes = (text: string): FileFrame => ({ kind: 'bytes', bytes: encoder.encode(text) });
const mark = (checkpoint: string): FileFrame => ({ kind: 'checkpoint', checkpoint });
const end = (rows: number, count: number): FileFrame => ({ kind: 'end', rows, bytes: count });

/** The frames, and then the connection breaks. */
async function* broken(...frames: FileFrame[]): AsyncGenerator<FileFrame> {
  yield* frames;
  throw new Error('cut off');
}

async function* whole(...frames: FileFrame[]): AsyncGenerator<FileFrame> {
  yield* frames;
}

function hooks() {
  const safe: Mark[] = [];
  return { safe, onBytes: () => undefined, onSafe: async (at: Mark) => void safe.push(at) };
}

describe('writing an export into a file', () => {
  it('resumes after the last mark, so that nothing is lost or repeated', async () => {
    const file = new TestFile();
    const first = hooks();
    const cut = broken(bytes('a\n'), mark('one'), bytes('b\n'), bytes('half a r'));
    await expect(writeFrames(file, START, cut, first)).rejects.toThrow('cut off');
    expect(first.safe).toEqual([{ checkpoint: 'one', bytes: 2 }]);
    expect(file.content).toBe('a\nb\nhalf a r');

    const [from = START] = first.safe;
    const rest = whole(bytes('b\n'), mark('two'), bytes('c\n'), end(3, 6));
    await expect(writeFrames(file, from, rest, hooks())).resolves.toEqual({ rows: 3, bytes: 6 });
    expect(file.content).toBe('a\nb\nc\n');
  });

  it('starts over whatever was there', async () => {
    const file = new TestFile();
    file.content = 'something longer';
    await writeFrames(file, START, whole(bytes('x\n'), end(1, 2)), hooks());
    expect(file.content).toBe('x\n');
  });

  it('keeps what was safe when the disk is full, and says why it ended', async () => {
    const file = new TestFile();
    file.content = 'a\n';
    file.room = 3;
    const { safe, ...own } = hooks();
    const frames = whole(bytes('bbbb\n'), mark('two'), end(2, 7));
    await expect(writeFrames(file, { checkpoint: 'one', bytes: 2 }, frames, own)).rejects.toThrow('no room');
    expect(file.content).toBe('a\n');
    expect(safe).toEqual([]);
  });

  it('does not resume a file that something else cut short', async () => {
    const file = new TestFile();
    const from = { checkpoint: 'one', bytes: 2 };
    await expect(writeFrames(file, from, whole(end(0, 2)), hooks())).rejects.toThrow(FileChangedError);
  });

  it('does not call a file complete that has other bytes than were sent', async () => {
    await expect(writeFrames(new TestFile(), START, whole(bytes('a'), end(1, 2)), hooks())).rejects.toThrow(
      FileChangedError,
    );
  });

  it('closes the file now and then, copying it less than twice in all', () => {
    const mib = 1024 * 1024;
    let safe = 0;
    let copied = 0;
    for (let size = 0; size < 10_000 * mib; size += mib) {
      if (!isDue(size, safe)) continue;
      safe = size;
      copied += size;
    }
    expect(safe).toBeGreaterThan(5_000 * mib);
    expect(copied).toBeLessThan(2 * 10_000 * mib);
  });
});
