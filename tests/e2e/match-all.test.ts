import { mkdirSync } from 'node:fs';
import { expectNoComplaints } from './axe.ts';
import { Keyboard } from './keyboard.ts';
import { expect, test } from './office.ts';
import { login } from './steps/people.ts';

const pictures = 'tests/.output/match-all';

test('everything that waits is matched with one key, and the screen says what came of it', async ({
  trainingOffice,
  page,
}) => {
  mkdirSync(pictures, { recursive: true });
  const me = new Keyboard(page);
  await page.goto(trainingOffice.address);
  await login(me, page, 'verifikasi', 'latihan-jakarta');
  await me.palette('Pemadanan');
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await me.press('Alt+j');
  const told = page.getByRole('status').filter({ hasText: /(\d+) dari \1 berkas sudah dipadankan/ });
  await expect(told).toBeVisible();
  await expect(told).toContainText('Belum ada yang diputuskan');
  await expectNoComplaints(page, 'all matched');
  await page.screenshot({ path: `${pictures}/selesai.png` });
  await me.tabTo(told.getByRole('button', { name: 'Tutup' }));
  await me.press('Enter');
  await expect(told).toBeHidden();
});
