import { type ReactNode, Suspense } from 'react';
import { useHydrated } from './use-hydrated';

interface LaterProps {
  /** Stands here on the server, while its HTML is taken over, and until the code has come. */
  fallback?: ReactNode;
  children: ReactNode;
}

/**
 * Where parts stand whose code comes later (`lazy`). The server never draws them: by the time that their code takes over
 * the server's HTML they may know more than the server did, and would not fit it.
 */
export function Later({ fallback = null, children }: LaterProps) {
  return useHydrated() ? <Suspense fallback={fallback}>{children}</Suspense> : fallback;
}
