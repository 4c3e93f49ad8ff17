import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { Shown } from '@/components/ui/shown';
import { errorText } from '@/lib/client/error-text';
import type { PeopleSessions, PersonSessions } from '@/lib/contract/sign-in';
import { plural } from '@/lib/text/format';
import { SessionLine } from './session-line';

interface PeopleListProps extends PeopleSessions {
  /** The id of the session or person that is being ended; null: none is. */
  ending: string | null;
  /** What could not be ended, and why; null: nothing. */
  failed: { readonly id: string; readonly error: unknown } | null;
  onEnd: (session: string) => void;
  onEndAll: (person: string) => void;
}

/** People with their open sessions. */
export function PeopleList({ people, hasMore, ...acts }: PeopleListProps) {
  if (people.length === 0) return <p className="text-muted text-sm">No matches.</p>;
  return (
    <>
      {people.map((person) => (
        <PersonPart key={person.id} person={person} {...acts} />
      ))}
      {hasMore && <p className="text-muted text-xs">There are more: search for a name, group or address.</p>}
    </>
  );
}

interface PersonPartProps extends Omit<PeopleListProps, keyof PeopleSessions> {
  person: PersonSessions;
}

/** How somebody signs in, after their name. */
export const WAYS: Readonly<Record<PersonSessions['way'], string>> = {
  local: 'by password',
  oidc: 'by identity provider',
  header: 'by proxy',
  cassandra: 'by Cassandra role',
};

function PersonPart({ person: { id, name, way, groups, sessions }, ending, failed, onEnd, onEndAll }: PersonPartProps) {
  const about = [WAYS[way], ...groups].join(', ');
  return (
    <section aria-label={`Sessions of ${name}, ${WAYS[way]}`} className="rounded-md border border-line px-3 py-1">
      <div className="flex flex-wrap items-center gap-x-4 py-1">
        <h3 className="min-w-0 flex-1 break-words font-semibold text-sm">
          <Shown text={name} as="text" /> <span className="font-normal text-muted text-xs">{about}</span>
        </h3>
        {sessions.length > 1 && (
          <Button size="sm" variant="danger" busy={ending === id} onClick={() => onEndAll(id)}>
            End all {plural(sessions.length, 'session')}
          </Button>
        )}
      </div>
      {failed?.id === id && <ErrorState {...errorText(failed.error)} />}
      <ul className="divide-y divide-line">
        {sessions.map((session) => (
          <SessionLine
            key={session.id}
            session={session}
            busy={ending === session.id}
            error={failed?.id === session.id ? failed.error : null}
            onEnd={() => onEnd(session.id)}
          />
        ))}
      </ul>
    </section>
  );
}
