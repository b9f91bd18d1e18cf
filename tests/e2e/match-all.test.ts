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

test('while what is sure is being confirmed, Esc stops it and closes nothing; Ctrl+Z takes back what was confirmed', async ({
  trainingOffice,
  page,
}) => {
  const me = new Keyboard(page);
  await page.goto(trainingOffice.address);
  await login(me, page, 'verifikasi', 'latihan-jakarta');
  await me.palette('Pemadanan');
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  /** The office answers a batch only once it is let. */
  let answer = () => {};
  const confirming = async () => {
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.unroute('**/rpc/identification.confirmSure');
    await page.route('**/rpc/identification.confirmSure', async (route) => {
      await held;
      await route.continue();
    });
    // Offered once they are ranked.
    await expect(async () => {
      if (!(await question.isVisible())) await me.press('Alt+y');
      await expect(question).toBeVisible({ timeout: 1000 });
    }).toPass();
    await expect(question.getByRole('button', { name: 'Tegaskan' })).toBeFocused();
    await me.press('Enter');
    await expect(question.getByRole('button', { name: 'Hentikan' })).toBeVisible();
  };
  const question = page.getByRole('dialog', { name: /^Tegaskan/ });
  const backwards = page.getByRole('dialog', { name: /^Urungkan \d+ berkas/ });
  await confirming();
  await expectNoComplaints(page, 'confirming');
  await me.press('Escape');
  await expect(question.getByText('Berhenti sesudah yang sedang ditulis')).toBeVisible();
  answer();
  await expect(question).toBeHidden();
  await expect(page.getByText(/^\d+ berkas ditetapkan$/)).toBeVisible();
  await me.press('Control+z');
  await expect(backwards).toBeVisible();
  await expectNoComplaints(page, 'taking back');
  await me.press('Enter');
  await expect(page.getByText(/^\d+ keputusan diurungkan$/)).toBeVisible();
  await expect(backwards).toBeHidden();

  // Left while it is written, and come back to: the key waits until it is.
  await confirming();
  await page.goBack();
  await expect(question).toBeHidden();
  await page.goForward();
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await me.press('Control+z');
  answer();
  await expect(backwards).toBeVisible();
});
