import 'server-only';
import { addressOf } from '@/lib/contract/endpoint';
import { job } from '@/lib/contract/endpoints/exports';
import { type ApiError, errorBodySchema } from '@/lib/contract/errors';
import { type Job, jobSchema } from '@/lib/contract/jobs';
import { parseJson } from '@/lib/contract/json';
import { isActive } from '@/lib/contract/transfers';
import { Failure } from '@/lib/failure';

/** A running Ringside. */
export class RunningServer {
  /** @param token what opens it where people sign in; null: nobody gave one */
  constructor(
    readonly address: string,
    readonly signal: AbortSignal,
    readonly token: string | null,
  ) {}

  /** @throws Failure of the server, or `server_error` when none answers */
  async ask<T>(schema: Parser<T>, path: string, body?: object): Promise<T> {
    const response = await this.request(path, body);
    const parsed = schema.safeParse(parseJson(await response.text()));
    if (parsed.success) return parsed.data;
    throw unexpected(this.address);
  }

  /** Follows a job until it has ended or was paused. */
  async untilRested(id: string | null): Promise<Job> {
    if (id === null) throw unexpected(this.address);
    const response = await this.request(addressOf(job.get, { id }));
    let text = '';
    const decoder = new TextDecoder();
    const reader = response.body?.getReader();
    for (let step = await reader?.read(); step?.value !== undefined; step = await reader?.read()) {
      const lines = (text + decoder.decode(step.value, { stream: true })).split('\n');
      text = lines.pop() ?? '';
      const now = jobSchema.safeParse(parseJson(lines.at(-1) ?? '')).data;
      if (now !== undefined && !isActive(now)) return now;
    }
    throw unexpected(this.address);
  }

  async request(path: string, body?: object): Promise<Response> {
    const headers = {
      'x-ringside': '1',
      ...(this.token === null ? {} : { authorization: `Bearer ${this.token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(new URL(path, this.address), { headers, signal: this.signal, ...sent }).catch(
      (cause: unknown) => {
        throw this.signal.aborted ? this.signal.reason : unreached(this.address, cause);
      },
    );
    if (response.ok) return response;
    const refused = errorBodySchema.safeParse(parseJson(await response.text()));
    if (!refused.success) throw unexpected(this.address);
    const { error } = refused.data;
    throw error.code === 'signed_out' && this.token === null ? tokenNeeded(this.address) : asServers(error);
  }
}

/** Hints of the command line’s own requests name its options, which do not matter here. */
function asServers({ message, hint, detail, retryable }: ApiError): Failure {
  const more = { ...(hint === undefined ? {} : { hint }), ...(detail === undefined ? {} : { detail }) };
  return new Failure({ code: 'server_error', message, ...more, retryable });
}

interface Parser<T> {
  safeParse(value: unknown): { readonly success: true; readonly data: T } | { readonly success: false };
}

function unreached(address: string, cause: unknown): Failure {
  return new Failure(
    {
      code: 'server_error',
      message: `No Ringside answers at ${address}.`,
      hint: 'Schedules are run by a running Ringside. Start it, or name another with --server.',
      retryable: true,
    },
    { cause },
  );
}

function tokenNeeded(address: string): Failure {
  return new Failure({
    code: 'signed_out',
    message: `People sign in at ${address}, so this command needs an API token there.`,
    hint: 'Make one in Ringside: the menu with your name, API tokens. Then set RINGSIDE_TOKEN, or name a file that has it with --token-file.',
    retryable: false,
  });
}

function unexpected(address: string): Failure {
  return new Failure({
    code: 'malformed_response',
    message: `What answers at ${address} is not a Ringside of this version.`,
    retryable: false,
  });
}
