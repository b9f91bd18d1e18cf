import { acceptBatch } from '../provincial-server/accept-batch.ts';
import { startProvincialServer } from '../provincial-server/start.ts';
import { kindsOfLater, withoutKinds } from './older-server.ts';

/** The province's server as it was before: node older-server-child.ts <port>, on the database that DATABASE_URL names. */
const [port = ''] = process.argv.slice(2);
const { address } = await startProvincialServer(process.env['DATABASE_URL'] ?? '', {
  port: Number(port),
  take: withoutKinds(acceptBatch, kindsOfLater),
});
console.log(`Server provinsi: ${address}`);
