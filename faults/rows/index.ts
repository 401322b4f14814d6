import type { Row } from '../row';
import { clock } from './clock';
import { commitCut } from './commit-cut';
import { crash } from './crash';
import { flood } from './flood';
import { histories } from './histories';
import { kill } from './kill';
import { mutants } from './mutants';
import { neon } from './neon';
import { race } from './race';
import { restarts } from './restarts';
import { sigterm } from './sigterm';
import { slowSenders } from './slow-senders';
import { tabs } from './tabs';
import { terminated } from './terminated';
import { trouble } from './trouble';

/** In the order of what they are worth to a merchant. */
export const ROWS: readonly Row[] = [
  kill,
  restarts,
  terminated,
  commitCut,
  race,
  crash,
  histories,
  trouble,
  slowSenders,
  flood,
  tabs,
  sigterm,
  neon,
  clock,
  mutants,
];
