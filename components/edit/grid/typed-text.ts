import type { KeyboardEvent } from 'react';
import { isPressed } from '@/components/ui/shortcuts';

/** The character that a press types; null for any other press, and for those that mean something everywhere. */
export function typedText(event: KeyboardEvent): string | null {
  const { key, ctrlKey, metaKey, altKey } = event;
  // With both Ctrl and Alt some keyboards type a sign.
  const isCommand = metaKey || ctrlKey !== altKey;
  if (isCommand || [...key].length !== 1) return null;
  if (isPressed('rowsInspect', event) || isPressed('rowsWhole', event)) return null;
  return isPressed('keys', event) || isPressed('treeFilter', event) ? null : key;
}
