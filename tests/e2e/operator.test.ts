import { test as base, expect } from '@playwright/test';
import { expectNoComplaints } from './axe.ts';
import { createOperator } from '../provincial-server/operator/operators.ts';
import { createReadToken } from '../provincial-server/read-tokens.ts';
import { legalised, startTestProvince, TestOffice, type TestProvince } from '../provincial-server/testing.ts';

const password = 'air tenang menghanyutkan';

const test = base.extend<{ province: TestProvince }>({
  // oxlint-disable-next-line no-empty-pattern
  async province({}, lend) {
    const province = await startTestProvince();
    await createOperator(province.server.pool, 'rini', password, new Date());
    await lend(province);
    await province.stop();
  },
});

test('an operator works every page by keyboard, in light and dark', async ({ page, province }, info) => {
  const { pool, address } = province.server;
  const office = await TestOffice.enrolled(province.server);
  await office.answers(province.server, [
    legalised(),
    legalised({ body: (body) => Object.assign(body.household.address, { kelurahan: '31.71.01.1002' }) }),
  ]);
  await createReadToken(
    pool,
    { reader: 'SI Jali', role: 'publik_agregat', area: '31', days: 90 },
    new Date(),
  );

  await page.goto(`${address}/operator`);
  await expect(page.getByLabel('Nama')).toBeFocused();
  await expectNoComplaints(page, 'Masuk');
  await page.keyboard.type('rini');
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Kantor' })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Langsung ke isi' })).toBeFocused();

  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const name of [
      'Kantor',
      'Kode pendaftaran',
      'Terbitan',
      'Token pembaca',
      'Operator',
      'Catatan',
      'Kata sandi',
    ]) {
      await page.getByRole('link', { name, exact: true }).press('Enter');
      await expect(page.getByRole('link', { name, exact: true })).toHaveAttribute('aria-current', 'page');
      await expectNoComplaints(page, `${name} ${colorScheme}`);
      await page.screenshot({ path: info.outputPath(`${name}-${colorScheme}.png`), fullPage: true });
    }
  }

  await page.getByRole('link', { name: 'Kode pendaftaran' }).press('Enter');
  await page.getByLabel('Wilayah kantor').focus();
  await page.keyboard.type('31.71.01.1002');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toContainText(/[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/);
  await expectNoComplaints(page, 'kode baru');

  await page.getByRole('link', { name: 'Operator', exact: true }).press('Enter');
  await page.getByLabel('Nama').focus();
  await page.keyboard.type('Dewi');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toContainText('Kata sandi untuk dewi');
  await expectNoComplaints(page, 'operator baru');

  await page.getByRole('link', { name: 'Kantor', exact: true }).press('Enter');
  await page.getByRole('link', { name: 'Kelurahan Gambir' }).press('Enter');
  await expect(page.getByText('Alamat rumah tangga di luar wilayah kerja kantor ini.')).toBeVisible();
  await page.screenshot({ path: info.outputPath('kantor-satu.png'), fullPage: true });
  await expectNoComplaints(page, 'satu kantor');
  await page.getByLabel('Alasan').focus();
  await page.keyboard.type('Komputer hilang');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Dicabut')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Mencabut pendaftaran' })).toHaveCount(0);
  expect((await office.push(province.server, [legalised()])).status).toBe(403);

  await page.getByRole('button', { name: /^Keluar/ }).press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Masuk' })).toBeVisible();
  await page.goto(`${address}/operator`);
  await expect(page.getByRole('heading', { level: 1, name: 'Masuk' })).toBeVisible();
});
