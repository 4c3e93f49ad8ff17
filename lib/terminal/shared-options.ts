import 'server-only';
import { type Command, InvalidArgumentError } from 'commander';
import { parseWhole } from './quantities';

/** Options of every command: which cluster, and how much load to put on it. */
export function withCluster(command: Command): Command {
  return command
    .optionsGroup('Cluster (default: the configured one, otherwise 127.0.0.1:9042):')
    .option('--cluster <name>', 'a configured cluster')
    .option('--contact-points <nodes>', 'host or host:port, separated by commas')
    .option('--port <port>', 'native protocol port (default: 9042)', parseWhole)
    .option('--local-datacenter <name>', 'the datacenter to connect to')
    .option('-u, --user <name>', 'with the password from RINGSIDE_PASSWORD or --password-file')
    .option('--password-file <file>', 'a file that contains only the password')
    .option('--tls', 'encrypt, and check the server’s certificate')
    .option('--tls-ca <file>', 'PEM file of the certificate authority')
    .option('--tls-cert <file>', 'PEM file of the client certificate')
    .option('--tls-key <file>', 'PEM file of the client key')
    .option('--tls-server-name <name>', 'name expected in the server’s certificate')
    .option('--tls-no-verify', 'do not check the server’s certificate')
    .option('--cqlshrc <file>', 'read the connection settings from a cqlshrc');
}

export function upperCaseChoice(choices: readonly string[]): (text: string) => string {
  return (text) => {
    const upper = text.toUpperCase();
    if (choices.includes(upper)) return upper;
    throw new InvalidArgumentError(`Use one of ${choices.join(', ')}.`);
  };
}
