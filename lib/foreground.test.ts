import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { enterForeground, giveWay, inLine } from './foreground';

it('long work goes on at once while nobody waits for anything else', async () => {
  let turned = false;
  setImmediate(() => {
    turned = true;
  });
  await giveWay();
  expect(turned).toBe(true);
});

it('long work lets what is in front of it end', async () => {
  const order: string[] = [];
  const leave = [enterForeground(), enterForeground()];
  const work = giveWay().then(() => order.push('work'));
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
  const end = enterForeground();
  await giveWay();
  end();
  await giveWay();
});

it('those in line begin one at a time, each behind what came in front meanwhile', async () => {
  const order: string[] = [];
  const serve = async (): Promise<void> => {
    const end = enterForeground();
    await turn();
    await turn();
    order.push('request');
    end();
  };
  void serve();
  const first = inLine().then(() => {
    order.push('first');
    void serve();
  });
  const second = inLine().then(() => order.push('second'));
  await Promise.all([first, second]);
  expect(order).toEqual(['request', 'first', 'request', 'second']);
});
