import { parentPort } from 'node:worker_threads';
import type { Part } from './part';
import { type PartCall, type PartReply, receivedFormat, sentError } from './part-calls';
import { PartFile } from './part-file';
import type { PartState } from './parts-state';

/** The program of a thread that writes parts of an export: it carries out each call on the part that it names. */

const parts = new Map<number, Part>();

async function carryOut(asked: PartCall): Promise<PartReply> {
  const { id, part: number } = asked;
  try {
    const { part, state } = await answer(asked);
    if (asked.call === 'finish' || asked.call === 'close') parts.delete(number);
    const { name, rows, bytes } = part;
    return { id, stand: { name, rows, bytes, state } };
  } catch (error) {
    return { id, refusal: sentError(error) };
  }
}

async function answer(asked: PartCall): Promise<{ part: Part; state: PartState | null }> {
  if (asked.call === 'create' || asked.call === 'reopen') {
    const kind = { ...asked.kind, format: receivedFormat(asked.kind.format) };
    const part = await (asked.call === 'create'
      ? PartFile.create(kind, asked.name)
      : PartFile.reopen(kind, asked.state));
    parts.set(asked.part, part);
    return { part, state: null };
  }
  const part = parts.get(asked.part);
  if (part === undefined) throw new Error(`there is no open part ${asked.part}`);
  switch (asked.call) {
    case 'add':
      await part.add(asked.page, asked.range);
      return { part, state: null };
    case 'settle':
    case 'finish':
      return { part, state: await part[asked.call]() };
    case 'sync':
    case 'close':
      await part[asked.call]();
      return { part, state: null };
    default:
      return asked satisfies never;
  }
}

parentPort?.on('message', async (asked: PartCall) => parentPort?.postMessage(await carryOut(asked)));
