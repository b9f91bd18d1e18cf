import { expect, test } from '@playwright/test';
import { openWindow } from './window.ts';

test('a newcomer gets to work in the window as in the browser', async () => {
  const { page, address, close } = await openWindow('--latihan');
  await page.getByRole('button', { name: /Petugas loket/ }).click();
  await page.getByRole('button', { name: 'Masuk', exact: true }).click();
  await expect(page.getByRole('navigation', { name: 'Menu utama' })).toBeVisible();

  // A reload stays in the program and, as the token lives in memory, asks who is there.
  await page.goto(address);
  await expect(page.getByRole('heading', { name: 'Masuk', level: 1 })).toBeVisible();

  // What is sent as a file arrives whole, through the window's process into the office's.
  const answer = await page.evaluate(async () => {
    const body = new Blob(['{"username":"loket","password":"bukan ini"}'], { type: 'application/json' });
    const response = await fetch('/rpc/session.login', { method: 'POST', body });
    return response.text();
  });
  expect(answer).toContain('wrong_credentials');
  await close();
});
