import { expectNoComplaints } from './axe.ts';
import { Keyboard } from './keyboard.ts';
import { expect, test } from './office.ts';
import { login } from './steps/people.ts';

test('the team: decree, a new member, tasks shared out with their reasons, the letter they carry', async ({
  trainingOffice,
  page,
}) => {
  const me = new Keyboard(page);
  await page.goto(trainingOffice.address);
  await login(me, page, 'verifikasi', 'latihan-jakarta');
  await me.palette('Tim lapangan');
  const members = page.getByRole('grid', { name: 'Anggota tim' });
  await expect(members).toBeFocused();

  await me.press('Alt+k');
  const decree = page.getByRole('dialog', { name: 'Catat SK lurah' });
  await expect(decree.getByLabel('Nomor SK')).toBeFocused();
  await expectNoComplaints(page, 'a decree');
  await me.type('SK 17/2026');
  await me.typeInto(decree.getByLabel('Tanggal SK'), '02112026');
  await me.press('Control+Enter');
  await expect(decree).toBeHidden();

  await me.press('Alt+a');
  const form = page.getByRole('dialog', { name: 'Anggota tim' });
  await expect(form.getByRole('textbox', { name: 'Nama', exact: true })).toBeFocused();
  await me.press('Control+Enter');
  await expect(form.getByText(/Isi nama/)).toBeVisible();
  await me.typeInto(form.getByRole('textbox', { name: 'Nama', exact: true }), 'Wulan Karang');
  await me.press('Tab');
  await me.type('Karang Taruna');
  await me.press('Escape');
  await me.typeInto(form.getByLabel(/^NIK/), '3171019911990001');
  await expect(form.getByText(/bukan tanggal/)).toBeVisible();
  await me.press('Control+Enter');
  await expect(form).toBeHidden();
  const row = members.getByRole('row', { name: /Wulan Karang/ });
  await expect(row).toContainText('Karang Taruna');
  await expect(row).toContainText('semua');

  const waiting = page.getByRole('status').filter({ hasText: 'menunggu petugas' });
  await expect(waiting).toHaveText(/^\d+ keluarga menunggu petugas\.$/);
  await me.press('Control+Enter');
  const share = page.getByRole('dialog', { name: 'Bagi tugas' });
  const confirm = share.getByRole('button', { name: /^Tetapkan \d+ keluarga/ });
  await expect(confirm).toBeFocused();
  await expectNoComplaints(page, 'tasks to be shared out');
  const [first] = await share.getByRole('row').nth(1).getByRole('cell').nth(2).allTextContents();
  await me.press('Control+Enter');
  await expect(share).toBeHidden();
  await expect(waiting).toHaveText('Tidak ada keluarga yang menunggu petugas.');

  await members.focus();
  const bearer = members.getByRole('row', { name: new RegExp(first ?? 'nobody') });
  for (let step = 0; (await bearer.getAttribute('data-cursor')) === null && step < 12; step += 1)
    await me.press(step === 0 ? 'Home' : 'ArrowDown');
  await me.press('Enter');
  const tasks = page.getByRole('dialog', { name: `Tugas ${first ?? ''}` });
  await expect(tasks.getByRole('table', { name: 'Keluarga' }).getByRole('row').first()).toBeVisible();
  await expectNoComplaints(page, 'tasks of a member');
  await me.choose(tasks.getByRole('button', { name: 'Cetak surat tugas' }));
  await expect(page.getByTitle(`Cetak surat tugas ${first ?? ''}`)).toBeVisible();
});
