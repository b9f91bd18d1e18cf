import { systemClock } from '../../electron/clock.ts';
import { createLog } from '../../electron/log.ts';
import { createOffice } from '../../electron/office.ts';
import { cheap, createClient, password } from './office.ts';

/** Opens an office in a program of its own, which a test kills, and logs in. */
export async function openInChild(dataDir: string, username: string) {
  const office = await createOffice({
    dataDir,
    resourcesDir: 'resources',
    clock: systemClock,
    log: createLog('silent'),
    programVersion: '0.0.0',
    argon2: cheap,
  });
  const fetchOffice = (request: Request) => office.fetch(request);
  const { token } = await createClient(fetchOffice, null).session.login.mutate({ username, password });
  return { office, token, client: createClient(fetchOffice, token) };
}
