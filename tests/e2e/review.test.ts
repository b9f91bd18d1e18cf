import type { Page } from '@playwright/test';
import { numberEnding } from './api.ts';
import { expectNoComplaints } from './axe.ts';
import { Keyboard } from './keyboard.ts';
import { expect, Office, test } from './office.ts';
import { login } from './steps/people.ts';
import { openCase } from './steps/verification.ts';

/** One family of the training office in two cases; its seed always makes the same ones, in the year it is. */
const twice = { first: '/000007', second: '/000043' };

let office: Office;
test.beforeAll(async () => {
  office = await Office.start('--latihan');
});
test.afterAll(() => office.remove());

const numberOf = (ending: string) => numberEnding(office.address, ending);

async function enter(page: Page): Promise<Keyboard> {
  const me = new Keyboard(page);
  await page.goto(office.address);
  await login(me, page, 'verifikasi', 'latihan-jakarta');
  await expect(page.getByRole('navigation', { name: 'Menu utama' })).toBeVisible();
  return me;
}

test('two cases of one family become one by choices field by field, and two again', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  const [first, second] = [await numberOf(twice.first), await numberOf(twice.second)];
  const me = await enter(page);
  await openCase(me, page, second);
  await me.choose(page.getByRole('link', { name: `Bandingkan dengan berkas ${first}` }));
  await expect(page.getByRole('heading', { name: 'Gabungkan dua berkas' })).toBeVisible();
  const fields = page.getByRole('group', { name: 'Isian yang berbeda' });
  const address = fields.getByRole('radiogroup', { name: /Alamat/ });
  // The first field that differs has the focus already.
  await expect(address.getByRole('radio', { checked: true })).toBeFocused();
  await me.press('ArrowRight');
  await expect(address.getByRole('radio', { name: 'Gg. Samping Musala' })).toBeChecked();
  await expectNoComplaints(page, 'merging, dark');
  await page.screenshot({ path: 'tests/.output/merge-dark.png' });
  await me.press('Control+Enter');
  // The journal below tells it too, once it is there.
  await expect(page.getByRole('link', { name: `Berkas ${second} masuk ke sini` })).toBeVisible();
  await expect(page.getByText(/Gg. Samping Musala/).first()).toBeVisible();

  await me.choose(page.getByRole('button', { name: 'Pisahkan lagi' }));
  await me.typeInto(page.getByRole('dialog').getByRole('textbox'), 'Ternyata dua keluarga');
  await me.press('Control+Enter');
  await expect(page.getByText('Kedua berkas berdiri sendiri lagi')).toBeVisible();
  await expect(page.getByText(/Gg. Rawa Indah III/).first()).toBeVisible();
  await expectNoComplaints(page, 'case, dark');
});
