'use client';

import { useQuery } from '@tanstack/react-query';
import { type ComponentProps, lazy } from 'react';
import { Later } from '@/components/ui/later';
import { stateQuery } from '@/lib/client/queries';
import { isSignedOut } from '@/lib/client/sign-in';
import { DemoStrip } from './demo-strip';
import { OutageStrip } from './outage-strip';
import { SignedOutStrip } from './signed-out-strip';

const AuditStrip = lazy(() => import('./audit-strip'));
const PassStrip = lazy(() => import('./pass-strip'));

/** Messages above a page. Loaded right after the page, since there are rarely any. */
export default function Strips(props: ComponentProps<typeof OutageStrip>) {
  const { error, data } = useQuery(stateQuery());
  return (
    <>
      {isSignedOut(error) ? <SignedOutStrip /> : <OutageStrip {...props} />}
      {data?.audit !== undefined && (
        <Later>
          <AuditStrip {...data.audit} />
        </Later>
      )}
      {data?.passes !== undefined && (
        <Later>
          <PassStrip cluster={props.cluster} passes={data.passes} />
        </Later>
      )}
      <DemoStrip cluster={props.cluster} />
    </>
  );
}
