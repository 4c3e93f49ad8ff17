'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ApiFailure } from '@/lib/client/http';
import { sameOrNext } from '@/lib/client/query-data';
import { jsonText } from '@/lib/contract/json';

const MAX_RETRIES = 2;
const FIRST_RETRY_MS = 500;

/** The one place that decides what is retried automatically: what the server calls retryable, and nothing else. */
function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: (failures, error) => error instanceof ApiFailure && error.error.retryable && failures < MAX_RETRIES,
        retryDelay: (failures) => FIRST_RETRY_MS * 2 ** failures,
        // Ringside usually runs on this machine or in this network: a browser that is "offline" can still reach it.
        networkMode: 'always',
        // The library's defaults lose names such as `__proto__`, which a key or an answer may hold.
        queryKeyHashFn: jsonText,
        structuralSharing: sameOrNext,
      },
      mutations: { networkMode: 'always' },
    },
  });
}

/** What every page needs around it: server state. */
export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(createQueryClient);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
