import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Load, Order, Report, RunOrder, SignOrder } from './messages';

export interface Generator {
  sign(order: Omit<SignOrder, 'kind'>): Promise<void>;
  run(order: Omit<RunOrder, 'kind'>): Promise<Load>;
  stop(): void;
}

export function startGenerator(): Generator {
  const child = fork(fileURLToPath(new URL('./generator.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] });
  return {
    sign: async (order) => void (await ask(child, { kind: 'sign', ...order })),
    run: async (order) => {
      const told = await ask(child, { kind: 'run', ...order });
      if (told.kind !== 'ran') throw new Error('The load generator answered out of turn.');
      return told.load;
    },
    stop: () => void child.disconnect(),
  };
}

function ask(child: ChildProcess, order: Order): Promise<Report> {
  return new Promise((resolve, reject) => {
    const gone = (): void => reject(new Error('The load generator has ended.'));
    child.once('exit', gone);
    child.once('message', (told: Report) => {
      child.off('exit', gone);
      resolve(told);
    });
    child.send(order);
  });
}
