import type { RingLook } from './appearance';
import { Swatch } from './swatch';

/** What colours, patterns and outlines mean where the list of nodes does not say it. */
export function RingLegend({ look, anyDown }: { look: RingLook; anyDown: boolean }) {
  const notes = [
    look.colouredBy === 'datacenter' ? 'Coloured by datacenter' : 'Coloured by node',
    ...(look.showsRacks ? ['patterned by rack'] : []),
    ...(anyDown ? ['outlined in red: down'] : []),
  ];
  return (
    <div className="mt-3 text-muted text-xs">
      <p>{notes.join(', ')}.</p>
      {look.legend.length > 0 && (
        <ul className="mt-1 flex flex-wrap gap-x-3 gap-y-1">
          {look.legend.map(({ label, look: of }) => (
            <li key={label} className="inline-flex items-center gap-1.5">
              <Swatch look={of} />
              {label}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
