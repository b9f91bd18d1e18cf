import { expectNoComplaints } from './axe.ts';
import { Keyboard } from './keyboard.ts';
import { expect, test } from './office.ts';
import { login } from './steps/people.ts';

test('a new office opens on the first screen, and shows no error of the browser', async ({
  office,
  page,
}) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(office.address);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByText('Mode latihan').first()).toBeVisible();
  expect(complaints).toEqual([]);
});

test('Mode latihan opens the training office, and leaving it leads back, with the keyboard alone', async ({
  office,
  page,
}) => {
  const me = new Keyboard(page);
  const training = page.getByRole('complementary', { name: 'MODE LATIHAN' });
  const choice = page.getByRole('button', { name: /^Mode latihan/ });
  await page.goto(office.address);
  await expect(choice).toBeVisible();
  await expect(training).toBeHidden();
  await expectNoComplaints(page, 'first screen');
  await me.choose(choice);

  await expect(page.getByRole('heading', { name: 'Akun latihan' })).toBeVisible();
  await expect(training).toBeVisible();
  for (const account of [
    'Petugas loket Siti Aminah loket',
    'Petugas verifikasi Budi Santoso verifikasi',
    'Lurah Drs. H. Rahmat Hidayat lurah',
    'Administrator Dewi Lestari admin',
  ])
    await expect(page.getByRole('button', { name: account })).toBeVisible();
  await expectNoComplaints(page, 'login of the training office');
  await login(me, page, 'loket', 'latihan-jakarta');
  await expect(page.getByRole('navigation', { name: 'Menu utama' })).toBeVisible();
  await expect(training).toBeVisible();

  await me.palette('Keluar');
  await me.choose(page.getByRole('button', { name: 'Tinggalkan mode latihan' }));
  await expect(page.getByRole('button', { name: /^Siapkan kantor/ })).toBeVisible();
  await expect(training).toBeHidden();
});

test('a page that was open when the program was killed works again once it is back', async ({
  trainingOffice,
  page,
}) => {
  await page.goto(trainingOffice.address);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await trainingOffice.kill();
  await trainingOffice.startAgain();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});
