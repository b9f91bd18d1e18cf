import type { Hono } from 'hono';
import { OfficeAreaCode } from '../../../shared/domain/wilayah.ts';
import { inTransaction } from '../database.ts';
import { createEnrolmentCode, listLiveOffices, revokeOffice } from '../offices.ts';
import { type Desk, type Env, gone, isId } from './desk.ts';
import type { Html } from './layout.ts';
import { codePage, officePage, officesPage } from './office-pages.ts';
import { noteAction, type OperatorSession } from './operators.ts';
import { findOffice, listFailing, listOffices } from './overview.ts';

/** The offices, one of them, its revocation, and codes for new ones. */
export function officeRoutes(routes: Hono<Env>, { pool, now, areas }: Desk): void {
  routes.get('/', async (c) => c.html(officesPage(c.get('session'), await listOffices(pool), now())));

  routes.get('/kantor/:id', async (c) => c.html(await showOffice(c.get('session'), c.req.param('id'), null)));

  routes.post('/kantor/:id/cabut', async (c) => {
    const { operator } = c.get('session');
    const id = c.req.param('id');
    const { alasan = '', paham } = c.get('form');
    if (alasan.trim() === '' || paham !== 'ya')
      return c.html(
        await showOffice(c.get('session'), id, 'Tulis alasannya dan centang kalimat di bawahnya.'),
        422,
      );
    const office = await officeOrNone(id);
    await inTransaction(pool, async (tx) => {
      if (!(await revokeOffice(tx, office.id, now()))) return;
      await noteAction(
        tx,
        operator,
        'kantor_dicabut',
        { kantor: office.name, wilayah: office.area, alasan: alasan.trim().slice(0, 300) },
        now(),
      );
    });
    return c.redirect(`/operator/kantor/${office.id}`, 303);
  });

  routes.get('/kode', (c) => c.html(codePage(c.get('session'), areas, null, null)));

  routes.post('/kode', async (c) => {
    const session = c.get('session');
    const area = OfficeAreaCode.safeParse(areas.read(c.get('form')['wilayah'] ?? ''));
    if (!area.success)
      return c.html(codePage(session, areas, null, 'Pilih satu kelurahan atau kecamatan dari daftar.'), 422);
    const code = await inTransaction(pool, async (tx) => {
      await noteAction(tx, session.operator, 'kode_dibuat', { wilayah: area.data }, now());
      return await createEnrolmentCode(tx, area.data, now());
    });
    return c.html(
      codePage(session, areas, { code, area: area.data, live: await listLiveOffices(pool, area.data) }, null),
    );
  });

  async function officeOrNone(id: string) {
    const office = isId(id) ? await findOffice(pool, id) : null;
    if (office === null) throw gone('Kantor ini tidak ada.');
    return office;
  }

  async function showOffice(session: OperatorSession, id: string, problem: string | null): Promise<Html> {
    const office = await officeOrNone(id);
    return officePage(session, office, await listFailing(pool, office.id), now(), problem);
  }
}
