import 'server-only';
import { Failure, invalidRequest } from '@/lib/failure';

export function neverComes(pattern: string): Failure {
  return invalidRequest(`“${pattern}” never comes.`, 'Check the day and the month.');
}

export function alreadyThere(name: string): Failure {
  return new Failure({
    code: 'already_exists',
    message: `You already have a schedule named “${name}”.`,
    hint: 'Choose another name, or remove that one first.',
    retryable: false,
  });
}

export function tooMany(most: number): Failure {
  const message = `You already have ${most} schedules.`;
  return new Failure({ code: 'overloaded', message, hint: 'Remove some.', retryable: true });
}

/** Says nothing of how many others have. */
export function noRoom(): Failure {
  const message = 'This Ringside keeps no more schedules.';
  return new Failure({ code: 'overloaded', message, hint: 'Ask whoever runs Ringside.', retryable: true });
}

export function stillGoing(name: string): Failure {
  return invalidRequest(
    `A run of “${name}” is still going, so no other was started.`,
    'Wait until it has ended, or cancel its job.',
  );
}

export function noSchedule(name: string): Failure {
  return new Failure({ code: 'not_found', message: `There is no schedule named “${name}”.`, retryable: false });
}

export function noWebhook(name: string): Failure {
  return invalidRequest(
    `No webhook “${name}” is configured.`,
    'Add its address under webhooks in the configuration file: it is used within seconds.',
  );
}

export function notConfirmed(statement: string): Failure {
  return new Failure({
    code: 'confirmation_required',
    message: 'This schedule writes: confirm exactly what its runs send.',
    hint: 'The plan of the schedule shows it. It is different now if a table has changed meanwhile.',
    detail: statement,
    retryable: false,
  });
}

export function notNamed(name: string): Failure {
  return new Failure({
    code: 'confirmation_required',
    message: `This schedule writes: type the name ${name} to confirm.`,
    retryable: false,
  });
}

/** @param reason a whole sentence */
export function standsStill(reason: string): Failure {
  return new Failure({
    code: 'storage_failed',
    message: `Schedules cannot be changed or run here: ${reason}`,
    hint: 'Use the Ringside that runs them, or give this one a data folder of its own.',
    retryable: true,
  });
}

export function notUnattended(): Failure {
  return new Failure({
    code: 'forbidden',
    message:
      'Work of a person who signs in with a Cassandra role cannot be scheduled: Ringside knows their password only while they are signed in.',
    hint: 'Start it by hand, or schedule it after signing in another way.',
    retryable: false,
  });
}
