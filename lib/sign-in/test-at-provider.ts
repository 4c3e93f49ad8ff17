import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What tests of signing in at a real provider share: the provider, and what a browser does there. */

export interface TestProvider {
  readonly issuer: string;
  /** The groups of a person from now on; `gone`: nobody has this name. */
  readonly setGroups: (name: string, groups: string) => Promise<unknown>;
  readonly stop: () => void;
}

/** The provider as a process of its own. */
export async function startProvider(callback: string, signInPage: string): Promise<TestProvider> {
  const path = fileURLToPath(new URL('test-provider.mjs', import.meta.url));
  const started = spawn(process.execPath, [path, callback, signInPage], { stdio: ['ignore', 'pipe', 'inherit'] });
  let issuer = '';
  for (let said = ''; !issuer.startsWith('http'); issuer = said.split('\n', 1)[0] ?? '') {
    said += String((await once(started.stdout, 'data'))[0]);
  }
  return {
    issuer,
    setGroups: (name, groups) => fetch(`${issuer}/groups/${name}?groups=${groups}`),
    stop: () => void started.kill('SIGKILL'),
  };
}

/** Follows redirects with the cookies of the provider, and fills in its two forms. @returns the search of the callback */
export async function atProvider(start: URL, name: string, callback: string): Promise<string> {
  const cookies = new Map<string, string>();
  let next: { url: URL; form?: URLSearchParams } = { url: start };
  for (let step = 0; step < 20; step++) {
    const { url, form } = next;
    if (url.href.startsWith(callback)) return url.search;
    const headers = { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') };
    const sent = form === undefined ? {} : { method: 'POST', body: form };
    const response = await fetch(url, { headers, redirect: 'manual', ...sent });
    for (const cookie of response.headers.getSetCookie()) {
      const [key = '', value = ''] = cookie.split(';', 1)[0]?.split(/=(.*)/s) ?? [];
      cookies.set(key, value);
    }
    const location = response.headers.get('location');
    const text = await response.text();
    if (location !== null) next = { url: new URL(location, url) };
    else next = { url: new URL(/action="([^"]+)"/.exec(text)?.[1] ?? '', url), form: formOf(text, name) };
  }
  throw new Error('The provider did not end.');
}

function formOf(page: string, name: string): URLSearchParams {
  const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? '';
  return new URLSearchParams({ prompt, ...(prompt === 'login' ? { login: `id-of-${name}`, password: 'any' } : {}) });
}
