import { openDatabase } from '../client';

// Prints each number once the row is acknowledged; the test kills it in the middle.
const database = await openDatabase({ dataDir: process.argv[2] ?? '' });
await database.run({ name: 'make', text: 'create table if not exists kept (number int4 primary key)' }, []);
for (let number = Number(process.argv[3]); ; number += 1) {
  await database.run({ name: 'keep', text: 'insert into kept values ($1)' }, [number]);
  process.stdout.write(`${number}\n`);
}
