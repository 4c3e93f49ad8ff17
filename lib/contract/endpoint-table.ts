import type { AnswerForm, Endpoint, EndpointRight, Endpoints } from './endpoint';

/** The table of docs/api.md: a row for each method of each address, by address. */
export function endpointTable(all: readonly Endpoints[]): string {
  const head = '| route | asks for → gives | answer | right | cost | meant |\n|---|---|---|---|---|---|';
  const endpoints = all
    .flatMap(({ get, post, delete: remove }) => [get, post, remove].filter((endpoint) => endpoint !== undefined))
    .toSorted((a, b) => (a.path < b.path ? -1 : Number(a.path > b.path)));
  return [head, ...endpoints.map(endpointRow)].join('\n');
}

/** One row of {@link endpointTable}. */
export function endpointRow({ method, path, says, answer, right, masks, cost, meant }: Endpoint): string {
  const cells = [`\`${method} ${path}\``, says, answerText(answer), rightText(right, masks), cost];
  return `| ${cells.join(' | ')} |${meant === undefined ? '' : ` ${meant}`} |`;
}

function rightText(right: EndpointRight, masks: Endpoint['masks']): string {
  const text = typeof right === 'string' ? right : right.join(', ');
  if (masks === undefined) return text;
  return `${text}, ${masks === 'writes' ? 'writes beside masks' : 'masked'}`;
}

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
