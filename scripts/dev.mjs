/** `npm run dev`: Ringside for its developers, which reloads what changes. See scripts/start/. */
import { main } from './start/main.mjs';

await main('dev');
