import { readEnv } from '../../env';

process.stdout.write(`${readEnv({ DATA_DIR: process.argv[2] }).authSecret}\n`);
