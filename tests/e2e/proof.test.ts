import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { createEnrolmentCode } from '../provincial-server/offices.ts';
import { gambir, startTestProvince } from '../provincial-server/testing.ts';
import { expectNoComplaints } from './axe.ts';
import { Keyboard } from './keyboard.ts';
import { expect, test } from './office.ts';
import { login } from './steps/people.ts';
import { enrolOffice } from './steps/sync.ts';

const pictures = 'tests/.output/pencocokan';

/**
 * The training office's receipts are of a province that was only played; the one that it is enrolled
 * with holds none of those cases. So everything differs, until it is sent again.
 */
test('what the province does not hold is found, sent again by keyboard, and then both sides match', async ({
  trainingOffice,
  page,
}) => {
  const province = await startTestProvince();
  try {
    const me = new Keyboard(page);
    const foot = page.getByRole('contentinfo');
    await page.goto(`${trainingOffice.address}/sync/proof`);
    await login(me, page, 'admin', 'latihan-jakarta');
    await expect(page.getByText('Kantor ini belum terdaftar di provinsi, jadi')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Cocokkan sekarang' })).toBeDisabled();
    await picture(page, 'belum-terdaftar');
    const code = await createEnrolmentCode(province.server.pool, gambir, new Date());
    await enrolOffice(me, page, province.server.address, code);
    await expect(foot.getByText(/berbeda dengan provinsi/)).toBeVisible();
    await page.goto(trainingOffice.address);
    await login(me, page, 'verifikasi', 'latihan-jakarta');
    await me.palette('Kiriman');
    await picture(page, 'kiriman');
    await me.palette('Pencocokan dengan provinsi');
    await expect(page.getByRole('heading', { name: 'Pencocokan dengan provinsi', level: 1 })).toBeVisible();
    const lost = page.getByRole('article', { name: /Tidak ada lagi di provinsi/ });
    await expect(lost.first()).toBeVisible();
    await picture(page, 'berbeda');
    const again = page.getByRole('button', { name: 'Kirim ulang dari sini' });
    for (let left = await again.count(); left > 0; left -= 1) {
      await me.choose(again.first());
      await expect(again).toHaveCount(left - 1);
    }
    await expect(foot.getByText(/· cocok /)).toBeVisible({ timeout: 150_000 });
    await expect(lost).toHaveCount(0);
    await me.palette('Cocokkan sekarang');
    await expect(page.getByRole('status').filter({ hasText: 'Cocok dengan provinsi' }).first()).toBeVisible();
    await picture(page, 'cocok');
  } finally {
    await province.stop();
  }
});

/** Both sizes of an office's screens, light and dark; axe finds nothing on either. */
async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  for (const [width, height] of [
    [1920, 1080],
    [1366, 768],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(pictures, `${name}-${width}-${colorScheme}.png`) });
    }
  }
  await expectNoComplaints(page, name);
}
