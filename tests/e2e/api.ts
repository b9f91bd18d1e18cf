import { createTRPCClient, httpLink } from '@trpc/client';
import type { AppRouter } from '../../electron/rpc/router.ts';
import type { Client } from '../integration/office.ts';

/** What other people of the office do meanwhile, at their own desks: calls without a screen. */
export async function atAnotherDesk(address: string, username: string, password: string): Promise<Client> {
  const { token } = await clientOf(address, null).session.login.mutate({ username, password });
  return clientOf(address, token);
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
