import { once } from 'node:events';
import type { Server } from 'node:net';

/** The usual port, so that a bookmark of yesterday still opens the program today. */
const usualPort = 4321;

/**
 * Listens on loopback and says on which port. A port that was asked for is taken or refused; the
 * usual one gives way to any free one.
 *
 * @param port as in `Flags.port`
 * @throws the system's own error (`EADDRINUSE`, `EACCES`) where the asked port cannot be had
 */
export async function listenOnLoopback(server: Server, port: number | null): Promise<number> {
  try {
    return await listen(server, port ?? usualPort);
  } catch (cause) {
    if (port !== null) throw cause;
    return listen(server, 0);
  }
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  return address.port;
}
