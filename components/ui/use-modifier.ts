'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** The name of the key that commands go with on this machine: ⌘ on Apple's, Ctrl elsewhere. */
export function useModifier(): string {
  return useSyncExternalStore(
    never,
    () => (/Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl '),
    () => '⌘',
  );
}
