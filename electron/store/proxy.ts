import { z } from 'zod';
import type { ReadableDb, WritableDb } from './connection.ts';

/** The network's proxy; its password lies in the encrypted register, like the office's own key. */

const ProxyRow = z.object({
  host: z.string(),
  port: z.number(),
  username: z.string(),
  password: z.string(),
});
export type ProxyRecord = z.infer<typeof ProxyRow>;

export function findProxy(db: ReadableDb): ProxyRecord | null {
  const raw = db.prepare('SELECT host, port, username, password FROM network_proxy WHERE id = 1').get();
  return raw === undefined ? null : ProxyRow.parse(raw);
}

/** Null takes it away. */
export function putProxy(db: WritableDb, proxy: ProxyRecord | null): void {
  if (proxy === null) db.prepare('DELETE FROM network_proxy').run();
  else
    db.prepare(
      'INSERT OR REPLACE INTO network_proxy (id, host, port, username, password) VALUES (1, @host, @port, @username, @password)',
    ).run(proxy);
}
