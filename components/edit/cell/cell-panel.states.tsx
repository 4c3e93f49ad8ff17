import type { SharedPart } from '@/components/ui/states';
import type { JsonValue } from '@/lib/contract/json';
import { StateCell } from './cell-editor.states';

const KEEP = ['button', 'Keep'] as const;

const panel = (name: string, type: string, value: JsonValue, shows: SharedPart['states'][string]['shows'] = []) => ({
  draw: () => <StateCell name={name} type={type} value={value} />,
  shows: [['dialog', `Value of ${name}`] as const, KEEP, ...shows],
});

export const cellPanelStates: SharedPart = {
  name: 'cell-panel',
  place: 'min-h-[28rem] max-w-full',
  states: {
    'text of several lines': panel('note', 'text', 'one\ntwo', [['textbox', 'note, text']]),
    'text with carriage returns': panel('note', 'text', 'one\r\ntwo', [['button', 'With escapes']]),
    'a long blob': panel('sent', 'blob', `0x${'cafe'.repeat(60)}`, [['button', 'Hex']]),
    list: panel(
      'tags',
      'list<text>',
      ['late', 'snow'],
      [
        ['button', 'Add an element'],
        ['button', 'Move tags[0] down'],
      ],
    ),
    'a set with one element twice': {
      draw: () => <StateCell name="tags" type="set<text>" value={['late', 'late']} />,
      shows: [['list', 'tags']],
    },
    map: panel('codes', 'map<text, frozen<list<int>>>', { a: [1, 2], b: [] }, [['textbox', 'key of codes[0], text']]),
    'a user-defined type': panel('home', 'address', { street: 'Main', no: null, tags: ['old'] }, [
      ['textbox', 'home.street, text'],
      ['button', 'Set home.tags to null'],
    ]),
    tuple: panel('pair', 'tuple<int, text>', [1, null]),
    vector: panel('at', 'vector<float, 3>', [0.5, -0, 1]),
    'null in a list': panel('tags', 'list<text>', null, [['button', 'Parts']]),
    'a literal that is wrong': {
      draw: () => <StateCell name="tags" type="list<int>" value={null} typed="[1, x]" />,
      shows: [['textbox', 'tags, list<int>'], KEEP],
    },
  },
};
