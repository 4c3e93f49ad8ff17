import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Endpoint } from '@/lib/contract/endpoint';

/** A route as the framework calls it. */
export type Handler = (request: Request, context: { params: Promise<object> }) => Promise<Response>;

export const nameOf = ({ method, path }: Pick<Endpoint, 'method' | 'path'>) => `${method} ${path}`;

/** The real route of every endpoint, by its method and path. */
export async function allRoutes(): Promise<ReadonlyMap<string, Handler>> {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const routes = new Map<string, Handler>();
  for (const file of readdirSync(here, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('route.ts')) continue;
    const module: Record<string, Handler & { endpoint?: Endpoint }> = await import(`${here}${file}`);
    for (const handler of Object.values(module)) {
      if (handler.endpoint !== undefined) routes.set(nameOf(handler.endpoint), handler);
    }
  }
  return routes;
}
