import { useState } from 'react';
import { useStoredText } from '@/components/ui/stored-text';
import { useHydrated } from '@/components/ui/use-hydrated';

/** Whether the introduction is shown: until it is dismissed in this browser, for all clusters. */
export function useWelcome(): { isShown: boolean; dismiss: () => void } {
  const isHydrated = useHydrated();
  const [kept, keep] = useStoredText('ringside.welcome');
  const [isHidden, setHidden] = useState(false);
  const dismiss = () => {
    setHidden(true);
    try {
      keep(() => 'dismissed');
    } catch {
      // The browser stores nothing: it stays hidden until the page is loaded again.
    }
  };
  return { isShown: isHydrated && kept === null && !isHidden, dismiss };
}
