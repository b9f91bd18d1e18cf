import { expect, test } from './office.ts';

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
