'use client';

import { useSearchParams } from 'next/navigation';
import type { PartState, SharedPart } from '@/components/ui/states';
import { useHydrated } from '@/components/ui/use-hydrated';

import { SHARED_PARTS } from './all-states';

/**
 * All states below each other; `?part=grid` those of one part, and with `&state=…` one alone, as those that cover the page
 * can only be seen.
 */
export function StatesView() {
  const search = useSearchParams();
  const hydrated = useHydrated();
  const parts = SHARED_PARTS.filter(({ name }) => (search.get('part') ?? name) === name);
  const state = search.get('state');
  // Drawn by the browser alone, as in the tests: parts are measured, and some are placed on the page by themselves.
  if (!hydrated) return null;
  return (
    <main className="space-y-8 p-4" data-ready="">
      <h1 className="font-semibold text-xl">
        <a href="/dev/states">States of shared parts</a>
      </h1>
      {parts.length === 0 && <p>There is no such part.</p>}
      {parts.map((part) => (
        <Part key={part.name} part={part} only={state} />
      ))}
    </main>
  );
}

function Part({ part, only }: { part: SharedPart; only: string | null }) {
  const address = `/dev/states?part=${part.name}`;
  return (
    <section className="space-y-4" data-part={part.name}>
      <h2 className="border-line border-b font-semibold text-lg">
        <a href={address}>{part.name}</a>
      </h2>
      {Object.entries(part.states).map(([name, state]) =>
        only === null || only === name ? (
          <figure key={name} className="space-y-1" data-state={name} data-covers={state.covers}>
            <figcaption className="text-faint text-xs">
              <a href={`${address}&state=${encodeURIComponent(name)}`}>{name}</a>
            </figcaption>
            <Place state={state} place={part.place} alone={only !== null} />
          </figure>
        ) : null,
      )}
    </section>
  );
}

function Place({ state, place, alone }: { state: PartState; place: string | undefined; alone: boolean }) {
  if (state.covers && !alone) return <p className="text-muted text-sm">Covers the page: open it alone.</p>;
  return <div className={place}>{state.draw()}</div>;
}
