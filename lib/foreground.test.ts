import { expect, it } from 'vitest';
import { enterForeground, giveWay } from './foreground';

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
