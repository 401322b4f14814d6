import { freePort } from '../../e2e/server';
import { perSecond, type Row, type Seen } from '../row';
import { onPostgresScene } from '../scene';
import { until } from '../until';

/** The app is told to stop, as at each upgrade, while providers send; another one takes its place. */
export const sigterm: Row = {
  name: 'sigterm',
  fault: 'SIGTERM under load',
  run: (scale) =>
    onPostgresScene(scale.seed, async (scene): Promise<Seen> => {
      const rounds = scale.short ? 2 : 20;
      const port = await freePort();
      const settings = { ...scene.settings };
      let server = await scene.start(settings, port);
      await scene.untilServed(port);
      const load = scene.load(() => port, perSecond(scale));
      const stops: number[] = [];
      const codes = new Set<number | null>();
      for (let round = 0; round < rounds; round += 1) {
        const goal = load.acknowledged + 50;
        await until('answers of 200', () => load.acknowledged >= goal);
        const began = performance.now();
        codes.add(await server.stop());
        stops.push(performance.now() - began);
        server = await scene.start(settings, port);
      }
      await load.settle();
      await server.stop();
      const verdict = await scene.ask();
      const unclean = [...codes].filter((code) => code !== 0);
      return {
        figures: `${rounds} times, ${verdict.acknowledged} acknowledged, answered ${load.statuses()}, ${verdict.unanswered} taken in and not answered, ended within ${Math.max(...stops).toFixed(0)} ms`,
        broken: [
          ...verdict.broken,
          ...load.unexpected([200, 0]),
          ...(verdict.unanswered > 0 ? [`${verdict.unanswered} were taken in and never answered`] : []),
          ...unclean.map((code) => `it ended with ${code}`),
        ],
        late: [],
      };
    }),
};
