import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, it } from 'vitest';
import { jsonLine, textOf } from './log.mjs';

const NOW = new Date('2026-11-30T10:00:00Z');

/** An error as code that quotes too much might throw it. */
function leaky(): Error {
  const cause = Object.assign(new Error('the socket closed'), { password: 'hunter2' });
  return Object.assign(new Error('no response', { cause }), {
    code: 'ECONNRESET',
    query: 'SELECT ssn FROM people',
    params: ['078-05-1120'],
  });
}

describe('a line of the log', () => {
  it('is one object with time, level, request and message', () => {
    expect(JSON.parse(jsonLine('info', ['listens on %s', 3000], 'id-1', NOW))).toEqual({
      ...{ time: '2026-11-30T10:00:00.000Z', level: 'info', requestId: 'id-1', message: 'listens on 3000' },
    });
    expect(jsonLine('info', ['two\nlines'], undefined, NOW)).not.toContain('\n');
  });

  it('has the fields of an object with a message', () => {
    const line = JSON.parse(jsonLine('info', [{ message: 'request', status: 200 }], 'id-1', NOW));
    expect(line).toMatchObject({ message: 'request', status: 200, requestId: 'id-1' });
  });

  it('has of an error its name, message, code, trace and causes', () => {
    const { error, message } = JSON.parse(jsonLine('error', ['Live:', leaky()], undefined, NOW));
    expect(message).toBe('Live: no response');
    expect(error).toMatchObject({ name: 'Error', code: 'ECONNRESET', cause: { message: 'the socket closed' } });
    expect(textOf([leaky()], 'id-1')).toMatch(
      /^\[request id-1\] Error: no response\n[\s\S]*Caused by: Error: the socket/,
    );
  });

  it.each([
    ['JSON', (args: unknown[]) => jsonLine('error', args, 'id-1', NOW)],
    ['text', (args: unknown[]) => textOf(args, 'id-1')],
  ])('has nothing that an error carries besides, in %s', (_form, line) => {
    expect(line(['failed', leaky()])).not.toMatch(/hunter2|ssn|078-05/);
  });
});

it('The request of a line is found where the application keeps it', async () => {
  const { inRequest } = await import('@/lib/telemetry/request-scope');
  const scope = inRequest('id-2', () => Reflect.get(globalThis, Symbol.for('ringside.request-scope')));
  expect(scope).toBeInstanceOf(AsyncLocalStorage);
});
