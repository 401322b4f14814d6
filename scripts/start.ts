import { makeRoom } from './heap';

if (!process.argv.includes('--dev')) makeRoom();
// Only then: nothing of the server is loaded twice.
await import('./serve');
