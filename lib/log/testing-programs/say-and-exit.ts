import { say } from '../log';

for (let nth = 0; nth < 2_000; nth += 1) say('error', `Line ${nth}`);
process.exit(0);
