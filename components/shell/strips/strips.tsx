'use client';

import type { ComponentProps } from 'react';
import { DemoStrip } from './demo-strip';
import { OutageStrip } from './outage-strip';

/** Messages above a page. Loaded right after the page, since there are rarely any. */
export default function Strips(props: ComponentProps<typeof OutageStrip>) {
  return (
    <>
      <OutageStrip {...props} />
      <DemoStrip cluster={props.cluster} />
    </>
  );
}
