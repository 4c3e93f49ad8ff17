import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { SignInForm } from '@/components/sign-in/sign-in-form';
import { buttonClass } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { addressOf } from '@/lib/contract/endpoint';
import { signInOidc } from '@/lib/contract/endpoints/sign-in';
import { type SignInProblem, signInProblemSchema } from '@/lib/contract/sign-in';
import { signInState } from '@/lib/http/sign-in';
import { wayBack } from '@/lib/sign-in/gate';

export const metadata: Metadata = { title: 'Sign in' };

type SignInProps = { searchParams: Promise<{ to?: string | string[]; problem?: string | string[] }> };

/** Shows nothing of the clusters but the labels of those that sign people in: whoever sees it is nobody yet. */
export default async function SignInRoute({ searchParams }: SignInProps) {
  const { ways, providers, clusters, person } = signInState(await headers());
  const { to, problem } = await searchParams;
  const why = signInProblemSchema.safeParse(problem).data;
  const back = wayBack(typeof to === 'string' ? to : undefined);
  if (ways.length === 0 || person !== null) redirect(back);
  const withPassword = [
    ...(ways.includes('local') ? [{ cluster: null, label: 'User of Ringside' }] : []),
    ...clusters.map(({ name, label }) => ({ cluster: name, label })),
  ];
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center gap-6 px-4 py-8">
      <h1 className="font-semibold text-xl">Sign in to Ringside</h1>
      {why !== undefined && <ErrorState {...PROBLEMS[why]} />}
      {providers.map(({ name, label }) => (
        // Not the router's link: the browser leaves for the provider.
        <a
          key={name}
          href={addressOf(signInOidc.get, { provider: name, input: { to: back } })}
          className={buttonClass({ variant: withPassword.length > 0 ? 'secondary' : 'primary' })}
        >
          Sign in with {label}
        </a>
      ))}
      {withPassword.length > 0 && <SignInForm to={back} ways={withPassword} />}
      {ways.join() === 'header' && (
        <p className="text-muted">
          The proxy in front of Ringside signs people in, and it did not say who you are. Open Ringside under its public
          address, or ask whoever runs it.
        </p>
      )}
    </main>
  );
}

const PROBLEMS: Record<SignInProblem, { message: string; hint: string }> = {
  refused: {
    message: 'The identity provider did not say who you are.',
    hint: 'Try again. If it stays so, ask whoever runs Ringside: the server’s log says why.',
  },
  away: { message: 'The identity provider does not answer.', hint: 'Try again. The server’s log says why.' },
  late: {
    message: 'This sign-in took more than ten minutes, was used before, or began in another browser.',
    hint: 'Try again.',
  },
  restart: {
    message: 'Ringside was restarted, and you signed in with a Cassandra role.',
    hint: 'Sign in again: Ringside keeps those passwords in memory alone. Your jobs go on then.',
  },
};
