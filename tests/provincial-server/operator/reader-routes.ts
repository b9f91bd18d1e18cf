import type { Hono } from 'hono';
import { z } from 'zod';
import { AreaCode, ReadRole } from '../../../shared/provincial/read.ts';
import { inTransaction } from '../database.ts';
import { createReadToken, revokeReadToken } from '../read-tokens.ts';
import { logPage, tokensPage } from './account-pages.ts';
import { type Desk, type Env, gone } from './desk.ts';
import { noteAction } from './operators.ts';
import { listAccesses, listActions, listTokens } from './overview.ts';

/** Tokens of those who read the families, and what was read and done. */
export function readerRoutes(routes: Hono<Env>, { pool, now, areas }: Desk): void {
  routes.get('/token', async (c) =>
    c.html(tokensPage(c.get('session'), areas, await listTokens(pool), now())),
  );

  routes.post('/token', async (c) => {
    const session = c.get('session');
    const form = TokenForm.safeParse({
      ...c.get('form'),
      wilayah: areas.read(c.get('form')['wilayah'] ?? ''),
    });
    if (!form.success)
      return c.html(
        tokensPage(session, areas, await listTokens(pool), now(), {
          problem: 'Isi nama pembaca, pilih peran dan wilayahnya, dan tulis 1 sampai 366 hari.',
        }),
        422,
      );
    const { pembaca: reader, peran: role, wilayah: area, hari: days } = form.data;
    const { token } = await inTransaction(pool, async (tx) => {
      await noteAction(
        tx,
        session.operator,
        'token_dibuat',
        { pembaca: reader, peran: role, wilayah: area },
        now(),
      );
      return await createReadToken(tx, { reader, role, area, days }, now());
    });
    return c.html(tokensPage(session, areas, await listTokens(pool), now(), { made: token }));
  });

  routes.post('/token/:id/cabut', async (c) => {
    const id = c.req.param('id');
    const token = (await listTokens(pool)).find((listed) => listed.id === id);
    if (token === undefined) throw gone('Token ini tidak ada.');
    await inTransaction(pool, async (tx) => {
      if (await revokeReadToken(tx, id, now()))
        await noteAction(tx, c.get('session').operator, 'token_dicabut', { pembaca: token.reader }, now());
    });
    return c.redirect('/operator/token', 303);
  });

  routes.get('/catatan', async (c) =>
    c.html(logPage(c.get('session'), await listActions(pool), await listAccesses(pool))),
  );
}

const TokenForm = z.object({
  pembaca: z.string().trim().min(1).max(120),
  peran: ReadRole,
  wilayah: AreaCode,
  hari: z.coerce.number().int().min(1).max(366),
});
