import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { unreadAuditParts } from '@/components/cluster/audit/unread-audit';
import { unreadEventParts } from '@/components/cluster/events/unread-events';
import { unreadExportParts } from '@/components/exports/form/unread-export';
import { unreadLoadParts } from '@/components/load/load-address';
import { unreadLiveParts } from '@/components/operate/live/unread-live';
import { unreadNodeParts } from '@/components/operate/nodes/unread-nodes';
import { unreadTablesParts } from '@/components/operate/tables/unread-tables';
import { unreadWhatIfParts } from '@/components/operate/what-if/unread-what-if';
import { ADDRESS_PARTS } from '@/lib/browse/address';
import { unreadParts } from '@/lib/browse/unread-address';
import type { UnreadPart } from '@/lib/client/unread-parts';
import { readAuditAddress } from '@/lib/cluster/audit-address';
import { readRingAddress } from '@/lib/cluster/ring-address';
import { readRolesAddress } from '@/lib/cluster/roles-address';
import { readTablesAddress } from '@/lib/cluster/tables-address';
import { readWhatIfAddress } from '@/lib/cluster/what-if-address';
import { unreadLinkParts } from '@/lib/workbench/link';
import { readTraceAddress } from '@/lib/workbench/trace-address';

type Damaged = readonly [search: string, named: readonly string[]];

const namesOf =
  (unread: (search: string) => readonly UnreadPart[]) =>
  (search: string): readonly string[] =>
    unread(search).map(({ name }) => name);

/** For each page, by its folder: what it names of a query string, and query strings with something that must be named. */
const PAGES: Readonly<
  Record<string, null | { named: (search: string) => readonly string[]; damaged: readonly Damaged[] }>
> = {
  'keyspaces/[keyspace]/[table]': {
    named: namesOf(unreadParts),
    damaged: Object.keys(ADDRESS_PARTS).flatMap((name): Damaged[] =>
      name === 'quick' ? [] : [[`${name}=bad!`, [name]]],
    ),
  },
  'keyspaces/[keyspace]/[table]/load': { named: namesOf(unreadLoadParts), damaged: [['again=bad!', ['again']]] },
  exports: {
    named: namesOf(unreadExportParts),
    damaged: ['filters', 'filtering', 'columns', 'format', 'options', 'consistency', 'to', 'arranged'].map((name) => [
      `${name}=bad!`,
      [name],
    ]),
  },
  query: {
    named: (search) => [
      ...namesOf(unreadLinkParts)(search),
      // The field for a trace's id has the text, and says what is wrong with it.
      ...(readTraceAddress(search).trace === 'bad!' ? ['trace'] : []),
    ],
    damaged: [
      ['statement=SELECT&values=bad!', ['values']],
      ['values={}&keyspace=k', ['keyspace', 'values']],
      ['trace=bad!', ['trace']],
    ],
  },
  ring: {
    // Texts, which the page looks for in the schema and shows in its fields.
    named: (search) =>
      Object.values(readRingAddress(search))
        .flat()
        .filter((text) => text !== null),
    damaged: [['keyspace=lost&table=gone&key=bad!&key=worse', ['lost', 'gone', 'bad!', 'worse']]],
  },
  audit: {
    named: (search) => {
      const { person, table, text } = readAuditAddress(search);
      // The fields have the texts.
      return [...namesOf(unreadAuditParts)(search), ...[person, table, text].filter((given) => given !== '')];
    },
    damaged: [
      ['outcome=bad!&since=worse&until=&here=maybe', ['outcome', 'since', 'until', 'here']],
      ['person=a&table=b&text=c', ['a', 'b', 'c']],
    ],
  },
  events: { named: namesOf(unreadEventParts), damaged: [['about=bad!&node=', ['about', 'node']]] },
  live: {
    named: namesOf(unreadLiveParts),
    damaged: [['minutes=7&quantile=bad!&as=worse&node=&pool=', ['minutes', 'quantile', 'as', 'node', 'pool']]],
  },
  nodes: {
    named: (search) => [
      ...namesOf(unreadNodeParts)(search),
      // The field of the search has the text.
      ...(new URLSearchParams(search).get('find') === 'bad!' ? ['bad!'] : []),
    ],
    damaged: [['sort=bad!&group=worse&state=worst&find=bad!', ['sort', 'group', 'state', 'bad!']]],
  },
  'what-if': {
    named: (search) => {
      const { question: _, level: __, ...names } = readWhatIfAddress(search);
      // Names are looked for in the ring and the schema.
      return [
        ...namesOf(unreadWhatIfParts)(search),
        ...Object.values(names)
          .flat()
          .flatMap((text) => text ?? []),
      ];
    },
    damaged: [
      ['question=bad!&level=worse', ['question', 'level']],
      ['datacenter=a&rack=b&node=c&from=d&keyspace=e', ['a', 'b', 'c', 'd', 'e']],
    ],
  },
  tables: {
    named: (search) => {
      const { text, keyspace, open } = readTablesAddress(search);
      // Texts, which the page looks for in the list and shows in its fields.
      const names = [text, keyspace ?? '', open?.keyspace ?? '', open?.table ?? ''];
      return [...namesOf(unreadTablesParts)(search), ...names.filter((name) => name !== '')];
    },
    damaged: [
      ['sort=bad!&direction=worse&system=maybe', ['sort', 'direction', 'system']],
      ['text=a&keyspace=b&of=c&table=d', ['a', 'b', 'c', 'd']],
    ],
  },
  roles: {
    named: (search) =>
      // Texts, which the page looks for among the roles and in the schema, and shows in its fields.
      Object.values(readRolesAddress(search)).flatMap((text) => (text ? [text] : [])),
    damaged: [['find=a&role=b&keyspace=c&table=d', ['a', 'b', 'c', 'd']]],
  },
  // No part of what they show is in a query string.
  '': null,
  agreement: null,
  'nodes/[node]': null,
  'keyspaces/[keyspace]': null,
  'keyspaces/[keyspace]/[table]/schema': null,
  'keyspaces/[keyspace]/[table]/stats': null,
  approvals: null,
};

const FOLDER = 'app/(dashboard)/[cluster]';

describe('the address of each page', () => {
  it('is in the table above', () => {
    const pages = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).flatMap((path) =>
      /(^|\/)page\.tsx$/.test(path) ? [path.replace(/\/?page\.tsx$/, '')] : [],
    );
    expect(pages.sort()).toEqual(Object.keys(PAGES).sort());
  });

  const damaged = Object.entries(PAGES).flatMap(([page, address]) =>
    (address?.damaged ?? []).map(([search, named]) => ({ page, search, named, read: address?.named })),
  );
  it.each(damaged)('$page?$search: no part is dropped in silence', ({ search, named, read }) => {
    expect(read?.(search)).toEqual(named);
  });
});
