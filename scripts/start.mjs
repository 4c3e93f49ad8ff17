/** `npm start`: Ringside as it is used. See scripts/start/. */
import { main } from './start/main.mjs';

await main('start');
