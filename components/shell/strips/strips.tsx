'use client';

import { useQuery } from '@tanstack/react-query';
import type { ComponentProps } from 'react';
import { stateQuery } from '@/lib/client/queries';
import { isSignedOut } from '@/lib/client/sign-in';
import { DemoStrip } from './demo-strip';
import { OutageStrip } from './outage-strip';
import { SignedOutStrip } from './signed-out-strip';

/** Messages above a page. Loaded right after the page, since there are rarely any. */
export default function Strips(props: ComponentProps<typeof OutageStrip>) {
  const { error } = useQuery(stateQuery());
  return (
    <>
      {isSignedOut(error) ? <SignedOutStrip /> : <OutageStrip {...props} />}
      <DemoStrip cluster={props.cluster} />
    </>
  );
}
