/** The command line as it is released: one file, with everything it imports. See scripts/release/pack.mjs. */
import './own-folder.mjs';
import '../../lib/terminal/main';
