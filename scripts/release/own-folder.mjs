import { homedir } from 'node:os';
import { join } from 'node:path';

// In a checkout this is the checkout's; an installed command has no folder but its user's. It holds the key that lets an
// export be resumed from any other folder.
process.env.RINGSIDE_DATA_DIR ||= join(homedir(), '.ringside');
