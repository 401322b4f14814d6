import { createSecretKey } from 'node:crypto';
import express, { type Request, type Response } from 'express';
import jwt from 'jsonwebtoken';
import pg from 'pg';

/**
 * What the provider's documentation shows, written by us: Express, its JSON parser, the token verified with the secret
 * as a string, one upsert. Settings: DATABASE_URL, SECRET, and KEY_OBJECT for who imports the secret once. Prints the port it listens on.
 */

const text = process.env.SECRET ?? '';
const secret = process.env.KEY_OBJECT ? createSecretKey(Buffer.from(text)) : text;
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
pool.on('error', () => {});

await pool.query(
  'create table if not exists orders (invoice_id text primary key, status text, amount numeric, currency text, order_id text)',
);

const UPSERT = `insert into orders (invoice_id, status, amount, currency, order_id) values ($1, $2, $3, $4, $5)
  on conflict (invoice_id) do update set status = excluded.status, amount = excluded.amount`;

async function handle(request: Request, response: Response): Promise<void> {
  const { status, invoice_id: id, amount_crypto: amount, currency, order_id: order, token } = request.body ?? {};
  try {
    jwt.verify(token, secret, { algorithms: ['HS256'] });
  } catch {
    response.status(401).json({ message: 'Invalid token' });
    return;
  }
  await pool.query(UPSERT, [id, status, amount, currency, order]);
  response.json({ message: 'Postback received' });
}

const app = express();
app.use(express.json());
app.post('/callback', handle);
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' && address ? address.port : ''}\n`);
});
