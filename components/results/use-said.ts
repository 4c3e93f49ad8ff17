import { useEffect, useState } from 'react';

const SAID_MS = 4_000;

/** What was done last, for a status line; it goes away by itself. */
export function useSaid(): { said: string; say: (text: string) => void } {
  const [said, say] = useState('');
  useEffect(() => {
    if (said === '') return;
    const timer = setTimeout(() => say(''), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  return { said, say };
}
