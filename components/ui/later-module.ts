import { useEffect, useState } from 'react';
import { useHydrated } from './use-hydrated';

/** Code that a view can be shown without at first. */
export interface LaterModule<Module extends object> {
  /** The code, once it is here. */
  held: Module | undefined;
  readonly load: () => Promise<Module>;
}

/** Code that starts to load as soon as the module that names it runs in a browser. */
export function laterModule<Module extends object>(load: () => Promise<Module>): LaterModule<Module> {
  const later: LaterModule<Module> = {
    held: undefined,
    load: async () => {
      later.held = await load();
      return later.held;
    },
  };
  // The view that needs it loads it again, and gets the failure.
  if (typeof window !== 'undefined') later.load().catch(() => undefined);
  return later;
}

/**
 * The code; undefined on the server, while the server's HTML is taken over, and until the code is here. Throws while
 * rendering when it cannot be loaded, so that the page's own error view says it. "Try again" there loads it again, which
 * React's `lazy` never does.
 */
export function useLaterModule<Module extends object>(later: LaterModule<Module>): Module | undefined {
  const isHydrated = useHydrated();
  const [, setLoaded] = useState(later.held);
  useEffect(() => {
    // It may have come after this was drawn and before the effect, when nobody waited for it yet.
    const { held } = later;
    if (held !== undefined) {
      setLoaded(() => held);
      return;
    }
    let isShown = true;
    const show = (loaded: () => Module) => {
      if (isShown) setLoaded(loaded);
    };
    later.load().then(
      (module) => show(() => module),
      (error: unknown) =>
        show(() => {
          throw error;
        }),
    );
    return () => {
      isShown = false;
    };
  }, [later]);
  return isHydrated ? later.held : undefined;
}
