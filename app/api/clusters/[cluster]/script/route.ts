import { runScript } from '@/lib/cassandra/run-script';
import * as endpoints from '@/lib/contract/endpoints';
import { recordedScript } from '@/lib/history/recorded-script';
import { keepRun } from '@/lib/http/audit';
import { route } from '@/lib/http/route';
import { scriptResponse } from '@/lib/http/script';

export const POST = route(endpoints.script.post, (context) => {
  const { cluster, input, principal } = context;
  const { statements } = input;
  const { consistency } = cluster.config;
  return scriptResponse(context, (endings) =>
    recordedScript(runScript(cluster, input, principal, endings), {
      ...{ statements, consistency, principal, signal: endings.signal },
      keep: (entry) => void keepRun(cluster.name, entry),
    }),
  );
});
