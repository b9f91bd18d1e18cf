import type { Context, Hono } from 'hono';
import { type Desk, type Env, gone, isId } from './desk.ts';
import { listOffices } from './overview.ts';
import {
  findPublication,
  issuePublication,
  keepPublication,
  listPublications,
  PenetapanForm,
  prepareBodies,
  type Prepared,
  preparePenetapan,
  PublishKind,
} from './publications.ts';
import { publicationPage, publishPage } from './publish-pages.ts';

/** What the province issues: prepared, looked at once more, and sent down. */
export function publishRoutes(routes: Hono<Env>, { pool, now, areas }: Desk): void {
  routes.get('/terbit', async (c) =>
    c.html(publishPage(c.get('session'), areas, await listPublications(pool))),
  );

  routes.post('/terbit/penetapan', async (c) => {
    const form = PenetapanForm.safeParse(c.get('form'));
    const prepared = form.success
      ? await preparePenetapan(pool, form.data)
      : { mistakes: ['Isi periode, nomor keputusan, dan tanggalnya.'] };
    return await prepareFor(c, 'decision.penetapan', prepared);
  });

  routes.post('/terbit/berkas', async (c) => {
    const { kind, wilayah = '', berkas = '' } = c.get('form');
    const read = PublishKind.safeParse(kind);
    return read.success
      ? await prepareFor(
          c,
          read.data,
          await prepareBodies(pool, read.data, areas.read(wilayah) ?? '', berkas),
        )
      : await prepareFor(c, 'setting.published', { mistakes: ['Pilih jenis terbitannya.'] });
  });

  routes.get('/terbit/:id', async (c) => {
    const publication = isId(c.req.param('id')) ? await findPublication(pool, c.req.param('id')) : null;
    if (publication === null) throw gone('Terbitan ini tidak ada.');
    const names = new Map((await listOffices(pool)).map(({ id, name }) => [id, name]));
    return c.html(publicationPage(c.get('session'), areas, publication, names));
  });

  routes.post('/terbit/:id', async (c) => {
    const id = c.req.param('id');
    if (!isId(id)) throw gone('Terbitan ini tidak ada.');
    await issuePublication(pool, c.get('session').operator, id, now());
    return c.redirect(`/operator/terbit/${id}`, 303);
  });

  async function prepareFor(c: Context<Env>, kind: PublishKind, prepared: Prepared): Promise<Response> {
    if ('mistakes' in prepared) {
      const { mistakes } = prepared;
      const { lines = '' } = c.get('form');
      return c.html(
        publishPage(c.get('session'), areas, await listPublications(pool), { mistakes, lines }),
        422,
      );
    }
    const id = await keepPublication(pool, c.get('session').operator, kind, prepared.items, now());
    return c.redirect(`/operator/terbit/${id}`, 303);
  }
}
