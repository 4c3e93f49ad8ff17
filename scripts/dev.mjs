/** `npm run dev`: Ringside for developers, reloading on change. See scripts/start/. */
import { main } from './start/main.mjs';

await main('dev');
