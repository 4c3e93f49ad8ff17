/** `npm start`: Ringside for its users. See scripts/start/. */
import { main } from './start/main.mjs';

await main('start');
