import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { beginPriorityWork, waitForTurn, yieldToPriorityWork } from './priority';

it('long work goes on at once while nobody waits for anything else', async () => {
  let turned = false;
  setImmediate(() => {
    turned = true;
  });
  await yieldToPriorityWork();
  expect(turned).toBe(true);
});

it('long work lets what is in front of it end', async () => {
  const order: string[] = [];
  const leave = [beginPriorityWork(), beginPriorityWork()];
  const work = yieldToPriorityWork().then(() => order.push('work'));
  setImmediate(() => {
    for (const end of leave) {
      order.push('request');
      end();
    }
  });
  await work;
  expect(order).toEqual(['request', 'request', 'work']);
});

it('long work gets on although something in front never ends', async () => {
  const end = beginPriorityWork();
  await yieldToPriorityWork();
  end();
  await yieldToPriorityWork();
});

it('those in line begin one at a time, each behind what came in front meanwhile', async () => {
  const order: string[] = [];
  const serve = async (): Promise<void> => {
    const end = beginPriorityWork();
    await turn();
    await turn();
    order.push('request');
    end();
  };
  void serve();
  const first = waitForTurn().then(() => {
    order.push('first');
    void serve();
  });
  const second = waitForTurn().then(() => order.push('second'));
  await Promise.all([first, second]);
  expect(order).toEqual(['request', 'first', 'request', 'second']);
});
