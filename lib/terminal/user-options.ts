import 'server-only';
import { Command } from 'commander';

const USER_HELP = `
Who may sign in with a name and a password of Ringside's own (docs/sign-in.md). add asks for the password, or reads one line
from standard input; for a user that is there already it sets another password and other groups.

Examples:
  ringside user add anna --groups dba,ops
  ringside user remove anna`;

/**
 * `ringside user`, with its own commands.
 * @param quiet makes a command say what it has to say to its caller
 */
export function userCommand(
  quiet: (command: Command) => Command,
  onAction: (action: 'list' | 'add' | 'remove', name: string, options: unknown) => void,
): Command {
  const own = (name: string, description: string) =>
    quiet(new Command(name))
      .description(description)
      .option('--users <file>', 'where they are kept (default: signIn.local.users of the configuration)')
      .option('--quiet', 'print only results and errors');
  return new Command('user')
    .description('List, add and remove those who may sign in to Ringside.')
    .addHelpText('after', USER_HELP)
    .addCommand(own('list', 'one line each: name, groups').action((options) => onAction('list', '', options)))
    .addCommand(
      own('add', 'add a user, or set another password and other groups')
        .argument('<name>')
        .option('--groups <names>', 'separated by commas')
        .action((name, options) => onAction('add', name, options)),
    )
    .addCommand(
      own('remove', 'remove a user and end their sessions')
        .argument('<name>')
        .action((name, options) => onAction('remove', name, options)),
    );
}
