import type { QueryRequest } from '@/lib/contract/reads';
import { type Run, type Step, settingsOf } from './run';

/** The request for a statement whose text was agreed to, and the name that was typed where it drops something. */
export function confirmedRequest(run: Run, step: Step, name: string | undefined): QueryRequest {
  const confirmation = { statement: step.text, ...(name === undefined ? {} : { name }) };
  return requestOf(run, { ...step, confirmation });
}

/** The request for one statement, whichever way it is sent. */
export function requestOf(run: Run, step: Step) {
  const { keyspace, consistency, pageRows, trace, bound, ...rest } = settingsOf(run, step);
  const { serialConsistency = null, timeoutMs = null } = rest;
  const { text, confirmation } = step;
  const values = bound?.get(text);
  return {
    statement: text,
    ...(keyspace === null ? {} : { keyspace }),
    ...(consistency === null ? {} : { consistency }),
    ...(pageRows === null ? {} : { pageRows }),
    ...(trace ? { trace } : {}),
    ...(serialConsistency === null ? {} : { serialConsistency }),
    ...(timeoutMs === null ? {} : { timeoutMs }),
    ...(confirmation === undefined ? {} : { confirm: { ...confirmation } }),
    ...(values === undefined ? {} : { params: values.params, unset: [...values.unset] }),
  } satisfies QueryRequest;
}
