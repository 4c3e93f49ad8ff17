import type { Fact } from '@/lib/values/moment-facts';

/** What a value says, by name. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  if (facts.length === 0) return null;
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 text-xs">
      {facts.map(({ label, text }) => (
        <div key={label} className="contents">
          <dt className="text-faint">{label}</dt>
          <dd className="min-w-0 select-text break-words font-mono text-muted">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
