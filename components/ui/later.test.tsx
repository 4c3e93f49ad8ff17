import { lazy, Suspense } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { Later } from './later';

/** A part that knows more in the browser than on the server, and the page that it stands on. */
function knowing(Frame: typeof Later) {
  const known = { text: 'nothing yet' };
  const Part = () => <p>{known.text}</p>;
  let come = () => {};
  const LatePart = lazy(
    () =>
      new Promise<{ default: typeof Part }>((resolve) => {
        come = () => resolve({ default: Part });
      }),
  );
  const view = (part: 'here' | 'late') => (
    <Frame fallback={<p>waits</p>}>{part === 'here' ? <Part /> : <LatePart />}</Frame>
  );
  return { known, view, come: () => come() };
}

/** What React says of a page whose part has learned something before its code came. */
async function takenOver(Frame: typeof Later): Promise<unknown[]> {
  const { known, view, come } = knowing(Frame);
  const place = document.body.appendChild(document.createElement('div'));
  place.innerHTML = renderToString(view('here'));
  const said: unknown[] = [];
  const root = hydrateRoot(place, view('late'), { onRecoverableError: (error) => said.push(error) });
  known.text = 'a row';
  const text = () => {
    come();
    return place.textContent;
  };
  await expect.poll(text).toBe('a row');
  await expect.element(page.getByText('a row')).toBeVisible();
  root.unmount();
  place.remove();
  return said;
}

describe('a part whose code comes after the HTML of the server', () => {
  it('may know more by then', async () => {
    expect(await takenOver(Later)).toEqual([]);
  });

  it('would not fit that HTML where it stood in it', async () => {
    expect(
      await takenOver(({ fallback, children }) => <Suspense fallback={fallback}>{children}</Suspense>),
    ).toHaveLength(1);
  });

  it('leaves its place to the fallback on the server', () => {
    expect(renderToString(knowing(Later).view('here'))).toBe('<p>waits</p>');
  });
});
