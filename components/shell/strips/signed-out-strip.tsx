import { LogIn } from 'lucide-react';

/** Says that the session has ended. The page keeps what it shows, and goes on once its person has signed in elsewhere. */
export function SignedOutStrip() {
  return (
    <div role="status" className="flex flex-wrap items-center gap-x-3 gap-y-1 bg-warn-soft px-3 py-1.5 text-sm">
      <LogIn size={16} aria-hidden="true" className="shrink-0 text-warn" />
      <span className="font-medium">Your session has ended.</span>
      <span className="text-muted">What you typed stays here.</span>
      <a href="/sign-in" target="_blank" rel="noreferrer" className="ml-auto font-medium text-accent underline">
        Sign in in a new tab
      </a>
    </div>
  );
}
