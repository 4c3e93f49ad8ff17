import type { SharedPart } from '@/components/ui/states';
import type { SchemaAgreement as Agreement } from '@/lib/cluster/schema-agreement';
import { SchemaAgreement } from './schema-agreement';

const NEW = '2207c2a9-f598-3971-986b-2926e09e239d';
const OLD = '5d0b5bd7-e6f5-3a9d-a1c0-0f6dd0a6d9f1';
const [ONE, TWO, THREE] = ['127.0.0.1:9042', '127.0.0.2:9042', '127.0.0.3:9042'];

const drawn = (agreement: Agreement) => () => <SchemaAgreement label="Schema: " agreement={agreement} />;

export const agreementStates: SharedPart = {
  name: 'schema-agreement',
  states: {
    'all agree': {
      draw: drawn({ agreed: true, versions: [{ version: NEW, nodes: [ONE, TWO, THREE] }], unheard: [] }),
      shows: [['paragraph']],
    },
    'one does not answer and missed a change': {
      draw: drawn({
        agreed: true,
        versions: [{ version: NEW, nodes: [ONE, TWO] }],
        unheard: [{ node: THREE, lastVersion: OLD }],
      }),
      shows: [['paragraph'], ['listitem']],
    },
    'versions differ': {
      draw: drawn({
        agreed: false,
        versions: [
          { version: NEW, nodes: [ONE, TWO] },
          { version: OLD, nodes: [THREE] },
        ],
        unheard: [],
      }),
      shows: [['paragraph'], ['list']],
    },
    'nobody answers': { draw: drawn({ agreed: null, versions: [], unheard: [] }), shows: [['paragraph']] },
  },
};
