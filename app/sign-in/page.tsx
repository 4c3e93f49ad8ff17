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

/** Shows nothing of the clusters: whoever sees it is nobody yet. */
export default async function SignInRoute({ searchParams }: SignInProps) {
  const { ways, providers, person } = signInState(await headers());
  const { to, problem } = await searchParams;
  const why = signInProblemSchema.safeParse(problem).data;
  const back = wayBack(typeof to === 'string' ? to : undefined);
  if (ways.length === 0 || person !== null) redirect(back);
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center gap-6 px-4 py-8">
      <h1 className="font-semibold text-xl">Sign in to Ringside</h1>
      {why !== undefined && <ErrorState {...PROBLEMS[why]} />}
      {providers.map(({ name, label }) => (
        // Not the router's link: the browser leaves for the provider.
        <a
          key={name}
          href={addressOf(signInOidc.get, { provider: name, input: { to: back } })}
          className={buttonClass({ variant: ways.includes('local') ? 'secondary' : 'primary' })}
        >
          Sign in with {label}
        </a>
      ))}
      {ways.includes('local') && <SignInForm to={back} />}
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
};
