import { expect, type Page } from '@playwright/test';
import type { Household } from '../../../shared/domain/household.ts';
import type { Keyboard } from '../keyboard.ts';

/**
 * Types a household from its papers into a new registration, label by label, Enter after each.
 * Leaves the form ready to be finished with Ctrl+Enter.
 */
export async function typeHousehold(me: Keyboard, page: Page, household: Household): Promise<void> {
  await me.press('F2');
  await expect(page.getByLabel('Alamat', { exact: true })).toBeFocused();
  const { address, families, members } = household;
  await me.answer({
    Alamat: address.street,
    RT: String(address.rt),
    RW: String(address.rw),
    Telepon: '',
    'No KK': families[0]?.kk ?? '',
  });
  for (const [index, member] of members.entries()) {
    if (index > 0) await me.choose(page.getByRole('button', { name: /Tambah anggota/ }));
    const [year = '', month = '', day = ''] = (member.birthDate ?? '').split('-');
    await me.answer({
      NIK: member.nik ?? '',
      'Sebab belum ber-NIK': '',
      'Alasan NIK tetap dipakai': '1',
      'Nama lengkap': member.name,
      'Jenis kelamin': member.sex === 'L' ? '1' : '2',
      'Tanggal lahir': `${day}${month}${year}`,
      'Tempat lahir': member.birthPlace ?? '',
      'Hubungan dengan kepala rumah tangga': member.relation,
      'Nama ibu kandung': member.motherName ?? '',
    });
  }
}

/** A registration number: the province's own from the office's reserve, or else the office's. */
const registrationNumber = /JKT-\d{8}|\d{10}\/\d{4}\/\d{6}/;

/** Finishes the form and gives the number of the case. */
export async function finishRegistration(me: Keyboard, page: Page): Promise<string> {
  await me.press('Control+Enter');
  const check = page.getByRole('button', { name: 'Sudah cocok, daftarkan' });
  const number = page.getByText(registrationNumber).first();
  await expect(check.or(number).first()).toBeVisible();
  if (await check.isVisible()) await me.choose(check);
  await expect(number).toBeVisible();
  return registrationNumber.exec((await number.textContent()) ?? '')?.[0] ?? '';
}

/** The office registers an elderly person who lives alone, with a letter as evidence. */
export async function proposePassive(me: Keyboard, page: Page, name: string): Promise<void> {
  await me.palette('Pendaftaran');
  await me.palette('Pendaftaran pasif');
  await expect(page.getByLabel('Alamat', { exact: true })).toBeVisible();
  await me.tabTo(page.getByLabel('Alamat', { exact: true }));
  await me.answer({ Alamat: 'Gg. Mawar No. 3', RT: '4', RW: '2', Telepon: '', 'No KK': '' });
  await me.answer({
    NIK: '',
    'Sebab belum ber-NIK': '3',
    'Nama lengkap': name,
    'Jenis kelamin': '1',
    'Tanggal lahir': '05061941',
    'Tempat lahir': 'Wonogiri',
    'Nama ibu kandung': '',
  });
  await me.tabTo(page.getByLabel('Alasan pasif'));
  await me.answer({
    'Alasan pasif': '1',
    'Nama pengusul': 'Hj. Nurhayati',
    'Jabatan pengusul': 'Kader dasawisma',
    Catatan: '',
  });
  const chooser = page.waitForEvent('filechooser');
  await me.choose(page.getByRole('button', { name: 'Pilih berkas' }));
  await (await chooser).setFiles('resources/training/surat-rt.png');
  await expect(page.getByText('surat-rt.png')).toBeVisible();
  await finishRegistration(me, page);
}

/** After a power cut the draft waits in the list; the clerk goes on where they were. */
export async function continueDraft(me: Keyboard, page: Page): Promise<void> {
  await me.palette('Pendaftaran');
  await me.choose(
    page
      .getByRole('button', { name: /Lanjutkan/ })
      .or(page.getByRole('link', { name: /Lanjutkan/ }))
      .first(),
  );
  await expect(page.getByLabel('Alamat', { exact: true })).not.toHaveValue('');
}
