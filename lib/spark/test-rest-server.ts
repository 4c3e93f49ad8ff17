import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

interface Asked {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly body: unknown;
}

/** Stands for the REST server of a Spark master: answers by the verb of an address, and keeps what it was asked. */
export async function restServer() {
  const asked: Asked[] = [];
  const answers: Record<string, object> = {};
  const server = createServer(async (request, response) => {
    const body = await text(request);
    asked.push({ method: request.method, url: request.url, body: body === '' ? null : JSON.parse(body) });
    response.end(JSON.stringify(answers[request.url?.split('/')[3] ?? ''] ?? {}));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it has no port');
  return { address: `http://127.0.0.1:${address.port}`, asked, answers, close: () => void server.close() };
}
