import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { SignInForm } from '@/components/sign-in/sign-in-form';
import { signInState } from '@/lib/http/sign-in';
import { wayBack } from '@/lib/sign-in/gate';

export const metadata: Metadata = { title: 'Sign in' };

type SignInProps = { searchParams: Promise<{ to?: string | string[] }> };

/** Shows nothing of the clusters: whoever sees it is nobody yet. */
export default async function SignInRoute({ searchParams }: SignInProps) {
  const { ways, person } = signInState(await headers());
  const { to } = await searchParams;
  const back = wayBack(typeof to === 'string' ? to : undefined);
  if (ways.length === 0 || person !== null) redirect(back);
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center gap-6 px-4 py-8">
      <h1 className="font-semibold text-xl">Sign in to Ringside</h1>
      {ways.includes('local') ? (
        <SignInForm to={back} />
      ) : (
        <p className="text-muted">
          The proxy in front of Ringside signs people in, and it did not say who you are. Open Ringside under its public
          address, or ask whoever runs it.
        </p>
      )}
    </main>
  );
}
