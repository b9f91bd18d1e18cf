import { expect, type Page } from '@playwright/test';
import { expectNoComplaints } from '../axe.ts';
import type { Keyboard } from '../keyboard.ts';

const first = 'kata sandi sekali pakai';
export const password = 'sandi kantor gambir';

/** The wizard: office, its first two accounts, the recovery sheet printed and proven. */
export async function setUpOffice(me: Keyboard, page: Page): Promise<void> {
  await me.choose(page.getByRole('button', { name: /Siapkan kantor/ }));
  await me.typeInto(page.getByLabel('Kelurahan atau kecamatan'), 'gambir');
  await me.pick(page.getByRole('option', { name: /^Kelurahan Gambir/ }));
  await expectNoComplaints(page, 'setting up: the office');
  await me.typeInto(page.getByLabel('Alamat kantor'), 'Jl. Uji Coba No. 12');
  await me.press('Control+Enter');
  await expect(page.getByRole('heading', { name: 'Dua akun pertama' })).toBeVisible();
  await expectNoComplaints(page, 'setting up: the first accounts');
  for (const answer of [
    'Ani Administrator',
    '198501012010012001',
    'ani',
    password,
    'Drs. Lutfi Hakim',
    '',
    'lutfi',
    first,
  ]) {
    await me.type(answer);
    await me.press('Enter');
  }
  await me.press('Control+Enter');
  const shown = page.getByLabel('Kode pemulihan');
  await expect(shown).toBeVisible();
  await expectNoComplaints(page, 'setting up: the recovery sheet');
  const groups = ((await shown.textContent()) ?? '').match(/.{5}/g) ?? [];
  const sheet = page.waitForResponse('**/files/document');
  await me.choose(page.getByRole('button', { name: 'Cetak lembar pemulihan' }));
  expect((await sheet).headers()['content-type']).toBe('application/pdf');
  await expect(page.getByRole('dialog').getByRole('button', { name: /Cetak/ })).toBeVisible();
  await me.press('Escape');
  for (const [index, group] of groups.entries()) {
    const field = page.getByLabel(`Kelompok ke-${index + 1}`);
    if ((await field.count()) === 1) await me.typeInto(field, group);
  }
  await me.press('Control+Enter');
  await expect(page.getByRole('navigation', { name: 'Menu utama' })).toBeVisible();
}

/** The administrator adds a clerk and a verification officer. */
export async function addStaff(me: Keyboard, page: Page): Promise<void> {
  await me.palette('Akun');
  for (const [name, role, username] of [
    ['Siti Loket', 'Petugas loket', 'siti'],
    ['Budi Verifikasi', 'Petugas verifikasi', 'budi'],
  ] as const) {
    await me.choose(page.getByRole('button', { name: 'Tambah akun' }).first());
    const form = page.getByRole('dialog');
    await me.typeInto(form.getByLabel('Nama lengkap'), name);
    await me.tabTo(
      form.getByRole('combobox', { name: 'Peran' }).or(form.getByRole('textbox', { name: 'Peran' })),
    );
    await me.press('ArrowDown');
    await me.pick(page.getByRole('option', { name: role }));
    await me.typeInto(form.getByLabel('Nama pengguna'), username);
    await me.typeInto(form.getByLabel('Kata sandi awal'), first);
    await me.press('Control+Enter');
    await expect(form).toBeHidden();
    await expect(page.getByRole('row', { name: new RegExp(`${name}.*${role}`) })).toBeVisible();
  }
}

/** Leaves, and comes back as somebody else; a first login asks for a password of one's own. */
export async function changeTo(
  me: Keyboard,
  page: Page,
  username: string,
  options: { firstTime: boolean },
): Promise<void> {
  await me.palette('Keluar');
  await login(me, page, username, options.firstTime ? first : password);
  if (options.firstTime) {
    await expect(page.getByRole('heading', { name: 'Ganti kata sandi' })).toBeVisible();
    for (const answer of [first, password, password]) {
      await me.type(answer);
      await me.press('Enter');
    }
    await me.press('Control+Enter');
  }
  await expect(page.getByRole('navigation', { name: 'Menu utama' })).toBeVisible();
}

export async function login(me: Keyboard, page: Page, username: string, secret = password): Promise<void> {
  await expect(page.getByLabel('Nama pengguna')).toBeFocused();
  await me.type(username);
  await me.press('Enter');
  await me.type(secret);
  await me.press('Enter');
}
