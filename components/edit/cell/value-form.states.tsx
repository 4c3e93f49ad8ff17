import { ignore, type SharedPart } from '@/components/ui/states';
import { columnOf } from './cell-editor.states';
import { ValueForm } from './value-form';

const common = { seen: [], onChange: ignore };

export const valueFormStates: SharedPart = {
  name: 'value-form',
  place: 'max-w-md',
  states: {
    'a key column': {
      draw: () => (
        <ValueForm {...common} column={columnOf('origin', 'text', 'partition_key')} value={undefined} required />
      ),
      shows: [['textbox', 'origin text']],
    },
    'an unset column': {
      draw: () => <ValueForm {...common} column={columnOf('departs', 'timestamp')} value={undefined} />,
      shows: [
        ['textbox', 'departs timestamp'],
        ['button', 'Leave unset'],
        ['button', 'Now'],
      ],
    },
    'a boolean': {
      draw: () => <ValueForm {...common} column={columnOf('open', 'boolean')} value={false} />,
      shows: [['combobox', 'open boolean']],
    },
    'a list': {
      draw: () => (
        <ValueForm
          {...common}
          column={columnOf('tags', 'list<text>')}
          value={['late']}
          label="Tags, as you want them"
        />
      ),
      shows: [['textbox', 'tags[0], text']],
    },
    'an unset type': {
      draw: () => <ValueForm {...common} column={columnOf('home', 'address')} value={undefined} />,
      shows: [['button', 'Parts']],
    },
  },
};
