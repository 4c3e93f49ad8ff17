import { Button } from './button';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from './menu';
import { Popover } from './popover';
import { ignore, type SharedPart } from './states';

export const menuStates: SharedPart = {
  name: 'menu',
  states: {
    closed: {
      draw: () => (
        <Menu trigger={<Button>Column</Button>}>
          <MenuItem onSelect={ignore}>Pin</MenuItem>
        </Menu>
      ),
      shows: [['button', 'Column']],
    },
    open: {
      draw: () => (
        <Menu trigger={<Button>Column</Button>} open onOpenChange={ignore}>
          <MenuLabel>delay</MenuLabel>
          <MenuItem onSelect={ignore} checked>
            Keep in view
          </MenuItem>
          <MenuItem onSelect={ignore} keys="columnLeft">
            Move left
          </MenuItem>
          <MenuItem onSelect={ignore} disabled>
            Move right
          </MenuItem>
          <MenuSeparator />
          <MenuItem onSelect={ignore} danger>
            Hide
          </MenuItem>
        </Menu>
      ),
      shows: [['menu'], ['menuitemcheckbox', 'Keep in view'], ['menuitem', 'Hide']],
      covers: true,
    },
    'popover open': {
      draw: () => (
        <Popover label="Warnings" trigger={<Button>2 warnings</Button>} open onOpenChange={ignore}>
          <p>Read 1,204 live rows and 9,340 tombstones.</p>
        </Popover>
      ),
      shows: [['dialog', 'Warnings']],
      covers: true,
    },
  },
};
