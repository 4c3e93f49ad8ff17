import { ignore, type SharedPart } from '@/components/ui/states';
import type { RightsAnswer, ShownRule, VerbAnswer } from '@/lib/contract/rights-answer';
import { PersonForm } from './person-form';
import { RightsTable } from './rights-table';

const EVERYBODY: ShownRule = {
  ...{ role: 'everybody', clusters: ['*'], keyspaces: ['*'], tables: ['*'] },
  verbs: ['see'],
  masked: [],
  limits: {},
};
const SHOP: ShownRule = {
  ...{ role: 'shop', clusters: ['prod*'], keyspaces: ['shop'], tables: ['order_*'] },
  verbs: ['read', 'export'],
  masked: ['email'],
  limits: { rows: 1_000, reads: 2 },
};

export const LIMITS: VerbAnswer['limits'] = [
  { kind: 'rows', most: 1_000, role: 'shop' },
  { kind: 'rowsPerSecond', most: 500, role: 'everybody' },
  { kind: 'reads', most: 2, role: 'shop' },
];

/** One verb on shop.orders. */
function verb(name: VerbAnswer['verb'], { rule = null, partly = null, limits = [] }: Partial<VerbAnswer>): VerbAnswer {
  const isOfCluster = name === 'operate' || name === 'admin';
  const missing = { verb: name, keyspace: isOfCluster ? null : 'shop', table: null, isMasked: false };
  const of = isOfCluster ? 'cluster' : 'place';
  return { verb: name, of, rule, partly, missing: rule === null ? missing : null, limits };
}

export const ANSWER: RightsAnswer = {
  person: { name: 'anna', way: 'local', groups: ['shop-team'] },
  verbs: [
    verb('see', { rule: EVERYBODY }),
    verb('read', { partly: SHOP }),
    verb('export', { partly: SHOP }),
    verb('write', {}),
    verb('ddl', {}),
    verb('operate', {}),
    verb('admin', {}),
  ],
  rules: [EVERYBODY, SHOP],
  isReadOnly: false,
  mayAskOfOthers: true,
};
const PLACE = { cluster: 'prod1', keyspace: 'shop', table: null };
const nobody: Partial<RightsAnswer> = {
  person: null,
  rules: [],
  verbs: ANSWER.verbs.map((one) => ({ ...one, rule: null, missing: null, partly: null })),
};

const table = (given: Partial<RightsAnswer> = {}) => <RightsTable answer={{ ...ANSWER, ...given }} place={PLACE} />;

export const rightsStates: SharedPart = {
  name: 'rights',
  states: {
    'some by rules': {
      draw: () => table(),
      shows: [
        ['table', 'Rights on the keyspace shop'],
        ['region', 'All rules on this cluster'],
      ],
    },
    'within limits': {
      draw: () => table({ verbs: [verb('see', { rule: EVERYBODY }), verb('read', { rule: SHOP, limits: LIMITS })] }),
      shows: [['table', 'Rights on the keyspace shop']],
    },
    'a read-only cluster': { draw: () => table({ isReadOnly: true }), shows: [['note']] },
    'no rule': {
      draw: () => table({ rules: [], verbs: ANSWER.verbs.map(({ verb: name }) => verb(name, {})) }),
      shows: [['table', 'Rights on the keyspace shop']],
    },
    'nobody signs in': { draw: () => table(nobody), shows: [['table', 'Rights on the keyspace shop']] },
    'somebody else': {
      draw: () => <PersonForm onAsk={ignore} />,
      shows: [
        ['form', 'Somebody else'],
        ['textbox', 'Name'],
        ['combobox', 'Signs in with'],
        ['button', 'Show'],
      ],
    },
  },
};
