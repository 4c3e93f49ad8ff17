import { queryOptions } from '@tanstack/react-query';
import { ApiFailure, call, send } from './http';

/**
 * @param cluster whose Cassandra role it is; undefined: a user of Ringside
 * @throws ApiFailure `sign_in_refused`, `too_many_attempts`, and every other way of failing
 */
export async function signIn(name: string, password: string, cluster: string | undefined): Promise<void> {
  await send((to) => to.signIn.post, { input: { name, password, ...(cluster === undefined ? {} : { cluster }) } });
}

/**
 * Ends this session, and erases what this browser keeps: changes that wait, statements, layouts.
 * @returns the address to go to
 */
export async function signOut(): Promise<string> {
  const { to } = await call((table) => table.signIn.delete, {});
  eraseKept();
  return to;
}

export const sessionsQuery = () =>
  queryOptions({
    queryKey: ['sessions'],
    queryFn: ({ signal }) => call((to) => to.sessions.get, {}, { signal }),
  });

export async function endSession(id: string): Promise<void> {
  await send((to) => to.session.delete, { id });
}

/** Has the session ended? What the page shows and what was typed into it stays. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiFailure && error.error.code === 'signed_out';
}

/** Erases what this browser keeps: changes that wait, statements, layouts. */
function eraseKept(): void {
  try {
    window.localStorage.clear();
    window.sessionStorage.clear();
  } catch {
    // Storage is turned off: nothing is kept.
  }
}
