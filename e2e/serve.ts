import { startServer } from '../server';

/** The server alone, without what `npm start` does before it; for tests that start it again and again. */
const { port, screens } = await startServer({ port: Number(process.env.PORT), host: '127.0.0.1', dev: false });
await screens;
process.stdout.write(`Tillbell is ready at http://localhost:${port}\n`);
