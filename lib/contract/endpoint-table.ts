import type { AnswerForm, Endpoint, Endpoints } from './endpoint';

/** The table of docs/api.md: a row for each method of each address, by address. */
export function endpointTable(all: readonly Endpoints[]): string {
  const head = '| route | asks for → gives | answer | right | cost | meant |\n|---|---|---|---|---|---|';
  const endpoints = all
    .flatMap(({ get, post, delete: remove }) => [get, post, remove].filter((endpoint) => endpoint !== undefined))
    .toSorted((a, b) => (a.path < b.path ? -1 : Number(a.path > b.path)));
  return [head, ...endpoints.map(endpointRow)].join('\n');
}

/** One row of {@link endpointTable}. */
export function endpointRow(endpoint: Endpoint): string {
  const { method, path, says, answer, cost, meant } = endpoint;
  const cells = [`\`${method} ${path}\``, says, answerText(answer), rightText(endpoint), cost];
  return `| ${cells.join(' | ')} |${meant === undefined ? '' : ` ${meant}`} |`;
}

function rightText({ right, masks, tokens }: Endpoint): string {
  const parts = [right, masks === undefined ? [] : MASKS[masks], tokens === undefined ? [] : TOKENS[tokens]];
  return parts.flat().join(', ');
}

const MASKS: Readonly<Record<NonNullable<Endpoint['masks']>, string>> = {
  applied: 'masked',
  edits: 'masked',
  writes: 'writes beside masks',
};

const TOKENS: Readonly<Record<NonNullable<Endpoint['tokens']>, string>> = {
  never: 'no tokens',
  'not read-only': 'no read-only tokens',
};

function answerText(answer: AnswerForm): string {
  switch (answer.as) {
    case 'json':
      return answer.status === undefined ? 'JSON' : `${answer.status}, JSON`;
    case 'lines':
      return 'NDJSON';
    case 'rows':
      return 'NDJSON frames';
    case 'file':
      return 'file';
    case 'nothing':
      return '204';
    case 'redirect':
      return '303';
    default:
      return answer satisfies never;
  }
}
