'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/error-state';
import { Later } from '@/components/ui/later';
import { Notice } from '@/components/ui/notice';
import { Spinner } from '@/components/ui/spinner';
import { apiTokensQuery, makeApiToken, revokeApiToken } from '@/lib/client/api-tokens';
import { errorText } from '@/lib/client/error-text';
import { clustersQuery } from '@/lib/client/queries';
import type { ApiToken, ApiTokens } from '@/lib/contract/api-tokens';
import { MadeToken } from './made-token';
import { TokenForm } from './token-form';
import { TokenLine } from './token-line';

const PeopleTokens = lazy(() => import('./people-tokens'));

/** The API tokens of a person: made, shown once, listed and revoked; for an admin also those of others. */
export default function TokensDialog({ onClose }: { onClose: () => void }) {
  const [showsOthers, setShowsOthers] = useState(false);
  const { data, error, refetch, isFetching } = useQuery(apiTokensQuery());
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="lg"
      title={showsOthers ? 'Everybody’s API tokens' : 'Your API tokens'}
      description={
        showsOthers
          ? 'A program that has one asks Ringside as its person. What ends here is of no more use to it.'
          : 'A program that has one asks Ringside as you, with your rights of that moment or less.'
      }
      footer={
        data?.mayEndOthers === true && (
          <Button onClick={() => setShowsOthers(!showsOthers)}>
            {showsOthers ? 'Show my tokens' : 'Show everybody’s tokens'}
          </Button>
        )
      }
    >
      {showsOthers ? (
        <Later fallback={<Spinner />}>
          <PeopleTokens />
        </Later>
      ) : (
        <>
          {error !== null && (
            <ErrorState
              title="Could not load your tokens"
              {...errorText(error)}
              onRetry={() => void refetch()}
              retrying={isFetching}
            />
          )}
          {data === undefined && error === null && <Spinner />}
          {data !== undefined && <OwnTokens {...data} />}
        </>
      )}
    </Dialog>
  );
}

function OwnTokens({ tokens, whyNot, longestDays }: ApiTokens) {
  const client = useQueryClient();
  const clusters = useQuery(clustersQuery());
  const make = useMutation({
    mutationFn: makeApiToken,
    onSettled: () => client.invalidateQueries(apiTokensQuery()),
    // The text stays nowhere but on the screen.
    gcTime: 0,
  });
  return (
    <div className="flex flex-col gap-4">
      {whyNot !== null && <Notice>{WHY_NOT[whyNot]}</Notice>}
      {make.data !== undefined && <MadeToken {...make.data} onDone={make.reset} />}
      {whyNot === null && make.data === undefined && (
        <TokenForm
          longestDays={longestDays}
          clusters={clusters.data?.clusters ?? []}
          busy={make.isPending}
          error={make.error}
          onMake={(wish) => make.mutate(wish)}
        />
      )}
      {tokens.length > 0 && (
        <ul aria-label="Your tokens" className="divide-y divide-line border-line border-t">
          {tokens.map((token) => (
            <OwnToken key={token.id} token={token} />
          ))}
        </ul>
      )}
    </div>
  );
}

const WHY_NOT: Readonly<Record<NonNullable<ApiTokens['whyNot']>, string>> = {
  off: 'API tokens are off. Whoever runs Ringside can turn them on: signIn.tokens in the configuration.',
  oidc: 'People of your identity provider can have no API tokens until the configuration says how long their groups count after they were confirmed: signIn.tokens.providerHours.',
  header: 'A proxy signs you in, and only it can say who you are, so a program cannot ask as you.',
  cassandra:
    'You are signed in as a Cassandra role. Ringside knows its password only while you are, so a program cannot ask as you.',
};

function OwnToken({ token }: { token: ApiToken }) {
  const client = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => revokeApiToken(token.id),
    onSettled: () => client.invalidateQueries(apiTokensQuery()),
  });
  return (
    <TokenLine token={token} end="Revoke" busy={revoke.isPending} error={revoke.error} onEnd={() => revoke.mutate()} />
  );
}
