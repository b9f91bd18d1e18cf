import { createTRPCClient, httpLink } from '@trpc/client';
import type { AppRouter } from '../../electron/rpc/router.ts';
import type { Role } from '../../shared/domain/role.ts';
import type { Client } from '../integration/office.ts';

/** What other people of the office do meanwhile, at their own desks: calls without a screen. */
export async function atAnotherDesk(address: string, username: string, password: string): Promise<Client> {
  const { token } = await clientOf(address, null).session.login.mutate({ username, password });
  return clientOf(address, token);
}

/** A colleague of the training office, with an account and a desk of their own. */
export async function colleague(
  address: string,
  person: { username: string; name: string; role: Role },
): Promise<Client> {
  const admin = await atAnotherDesk(address, 'admin', 'latihan-jakarta');
  await admin.accounts.create.mutate({ ...person, nip: null, password: 'sementara-jakarta' });
  const first = await atAnotherDesk(address, person.username, 'sementara-jakarta');
  const next = `${person.username}-di-jakarta`;
  await first.session.changePassword.mutate({ current: 'sementara-jakarta', next });
  return atAnotherDesk(address, person.username, next);
}

/** The number of the training office's only case that ends so; it names the year of its registration. */
export async function numberEnding(address: string, ending: string): Promise<string> {
  const officer = await atAnotherDesk(address, 'verifikasi', 'latihan-jakarta');
  const { rows } = await officer.cases.list.query({ filter: {}, offset: 0, limit: 200 });
  const [found, ...more] = rows.filter(({ number }) => number.endsWith(ending));
  if (found === undefined || more.length > 0) throw new Error(`Not one case ends in ${ending}.`);
  return found.number;
}

function clientOf(address: string, token: string | null): Client {
  return createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: new URL('rpc', address).href,
        methodOverride: 'POST',
        headers: token === null ? {} : { authorization: `Bearer ${token}` },
      }),
    ],
  });
}
