'use client';

import type { ComponentProps } from 'react';
import { DemoStrip } from './demo-strip';
import { OutageStrip } from './outage-strip';

/** What a page says above itself: loaded right after it, for most of the time it says nothing. */
export default function Strips(props: ComponentProps<typeof OutageStrip>) {
  return (
    <>
      <OutageStrip {...props} />
      <DemoStrip cluster={props.cluster} />
    </>
  );
}
