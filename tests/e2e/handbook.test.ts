import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expectNoComplaints } from './axe.ts';
import { Keyboard } from './keyboard.ts';
import { expect, test } from './office.ts';
import { login } from './steps/people.ts';

/** `UPDATE_DOCS=1 npm run test:e2e -- handbook` takes the handbook's pictures anew. */
const pictures = join(process.env['UPDATE_DOCS'] === '1' ? 'docs/panduan/gambar' : 'tests/.output/panduan');

/** Screens of the handbook: who opens them, by which entry, and what tells that they are there. */
const screens = [
  { who: 'loket', entry: 'Pendaftaran', heading: 'Pendaftaran', picture: 'pendaftaran' },
  { who: 'loket', entry: 'Berkas', heading: 'Berkas', picture: 'berkas' },
  { who: 'verifikasi', entry: 'Pemadanan', heading: 'Pemadanan', picture: 'pemadanan' },
  { who: 'verifikasi', entry: 'Verifikasi', heading: 'Verifikasi', picture: 'verifikasi' },
  { who: 'verifikasi', entry: 'Muskel', heading: 'Muskel', picture: 'muskel' },
  { who: 'verifikasi', entry: 'Tim lapangan', heading: 'Tim lapangan', picture: 'tim' },
  { who: 'lurah', entry: 'Periode', heading: 'Periode', picture: 'periode' },
  { who: 'lurah', entry: 'Perlu saya tindak', heading: 'Perlu saya tindak', picture: 'perlu-saya-tindak' },
  { who: 'lurah', entry: 'Rekapitulasi', heading: 'Rekapitulasi', picture: 'rekapitulasi' },
  { who: 'lurah', entry: 'Kiriman', heading: 'Kiriman ke provinsi', picture: 'kiriman' },
] as const;

test('the screens of the handbook open by keyboard, and axe finds nothing on them', async ({
  trainingOffice,
  page,
}) => {
  mkdirSync(pictures, { recursive: true });
  const me = new Keyboard(page);
  let at = '';
  for (const { who, entry, heading, picture } of screens) {
    if (at !== who) {
      await page.goto(trainingOffice.address);
      await expect(page.getByRole('button', { name: /Petugas loket/ })).toBeVisible();
      if (at === '') await page.screenshot({ path: join(pictures, 'masuk.png') });
      await login(me, page, who, 'latihan-jakarta');
      at = who;
    }
    await me.palette(entry);
    await expect(page.getByRole('heading', { name: heading, level: 1 })).toBeVisible();
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: join(pictures, `${picture}.png`) });
    await expectNoComplaints(page, entry);
  }
});
