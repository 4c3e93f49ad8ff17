'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** Is this one of Apple's machines, whose keyboards have ⌘ where others have Ctrl? */
export function useApple(): boolean {
  return useSyncExternalStore(
    never,
    () => /Mac|iPhone|iPad/.test(navigator.userAgent),
    () => true,
  );
}
