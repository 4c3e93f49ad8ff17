import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createElement, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot, type Root } from 'react-dom/client';
import { onTestFinished } from 'vitest';

/** What a test renders. */
export interface Rendered {
  /** The element that the page gives it to. */
  readonly container: HTMLElement;
  /** Renders it again, with other properties. */
  readonly again: (node: ReactNode) => void;
}

/**
 * Renders into the test's page, inside what every page needs around it, and removes it when the test ends. Requests
 * fail at once: there is no server. `className` sizes the place.
 */
export function render(node: ReactNode, className = ''): Rendered {
  const container = document.createElement('main');
  container.className = className;
  document.body.append(container);
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const root: Root = createRoot(container);
  const again = (next: ReactNode) => flushSync(() => root.render(createElement(QueryClientProvider, { client }, next)));
  onTestFinished(() => {
    flushSync(() => root.unmount());
    client.clear();
    container.remove();
  });
  again(node);
  return { container, again };
}
