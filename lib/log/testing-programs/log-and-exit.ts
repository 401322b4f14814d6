import { log } from '../log';

for (let nth = 0; nth < 2_000; nth += 1) log('error', `Line ${nth}`);
process.exit(0);
