import type { Page } from '@playwright/test';
import { colleague } from './api.ts';
import { expectNoComplaints } from './axe.ts';
import { type Box, boxOf, overlap } from './boxes.ts';
import { Keyboard } from './keyboard.ts';
import { expect, Office, test } from './office.ts';
import { login } from './steps/people.ts';

/** One office in training for all journeys of the counter; each makes the cases it needs. */
let office: Office;
test.beforeAll(async () => {
  office = await Office.start('--latihan');
});
test.afterAll(() => office.remove());

async function enter(page: Page, username: string): Promise<Keyboard> {
  const me = new Keyboard(page);
  await page.goto(office.address);
  await login(me, page, username, 'latihan-jakarta');
  await expect(page.getByRole('navigation', { name: 'Menu utama' })).toBeVisible();
  return me;
}

/** Registers a family of two and opens its case. */
async function registerFamily(me: Keyboard, page: Page, head: string): Promise<void> {
  await me.press('F2');
  await expect(page.getByLabel('Alamat', { exact: true })).toBeFocused();
  await me.answer({ Alamat: 'Gg. Kenanga No. 8', RT: '2', RW: '3', Telepon: '', 'No KK': '' });
  await typeMember(me, head, '1', '01021975', '');
  await me.press('Alt+t');
  await typeMember(me, `${head} Putri`, '2', '05061978', '2');
  await me.press('Control+Enter');
  const check = page.getByRole('button', { name: 'Sudah cocok, daftarkan' });
  const open = page.getByRole('button', { name: /Buka berkas/ });
  await expect(check.or(open).first()).toBeVisible();
  if (await check.isVisible()) await me.choose(check);
  await me.choose(open);
  await expect(page.getByRole('heading', { name: head, level: 1 })).toBeVisible();
}

async function typeMember(
  me: Keyboard,
  name: string,
  sex: string,
  born: string,
  relation: string,
): Promise<void> {
  await me.answer({
    NIK: '',
    'Sebab belum ber-NIK': '',
    'Nama lengkap': name,
    'Jenis kelamin': sex,
    'Tanggal lahir': born,
    'Tempat lahir': 'Jakarta',
    ...(relation === '' ? {} : { 'Hubungan dengan kepala rumah tangga': relation }),
    'Nama ibu kandung': '',
  });
}

test('consent is recorded and withdrawn; a birth and a newcomer are asked for, and carried out by the lurah', async ({
  page,
}) => {
  const clerk = await enter(page, 'loket');
  await registerFamily(clerk, page, 'Wahyudi Kenanga');
  const notices: Box[] = [];
  for (const [code, says] of [
    ['2', 'Lisan, di hadapan petugas'],
    ['4', 'Tidak setuju datanya dibagikan'],
  ] as const) {
    await clerk.press('Alt+j');
    const asked = page.getByRole('dialog', { name: 'Persetujuan keluarga' });
    await expect(asked.getByLabel('Persetujuan', { exact: true })).toBeFocused();
    await clerk.press('Control+a', 'Delete', 'Control+Enter');
    await expect(asked.getByText('Pilih apa yang dikatakan keluarga.')).toBeVisible();
    await clerk.type(code);
    await clerk.press('Control+Enter');
    await expect(asked).toBeHidden();
    notices.push(await boxOf(page.getByRole('alert').filter({ hasText: 'Persetujuan dicatat' }).last()));
    await expect(page.locator('main').getByText(says).first()).toBeVisible();
  }
  await expect(page.getByText('Lisan, di hadapan petugas → Tidak setuju datanya dibagikan')).toBeVisible();

  await clerk.press('Alt+e');
  const dialog = page.getByRole('dialog', { name: 'Peristiwa keluarga' });
  await expect(dialog.getByLabel('Peristiwa', { exact: true })).toBeFocused();
  await clerk.answer({ Peristiwa: '1' });
  await clerk.answer({
    'Tanggal lahir': '02102026',
    'Nama anak': 'Kirana Kenanga',
    NIK: '',
    'Jenis kelamin': '2',
    'Tempat lahir': 'Jakarta',
    'Hubungan dengan kepala rumah tangga': '3',
    'Nama ibu kandung': 'Wahyudi Kenanga Putri',
  });
  // Esc leaves the dialog; what was typed is there when it opens again.
  await clerk.press('Escape');
  await expect(dialog).toBeHidden();
  await clerk.press('Alt+e');
  await expect(dialog.getByLabel('Nama anak')).toHaveValue('Kirana Kenanga');
  await clerk.tabTo(dialog.getByLabel('Alasan atau keterangan'));
  await clerk.type('Surat keterangan lahir dari bidan');
  await expect(dialog.getByRole('region', { name: 'Yang akan berubah' })).toContainText('Kirana Kenanga');
  await page.screenshot({ path: 'tests/.output/peristiwa.png' });
  // What is told for some seconds lies beside a dialog, also a tall one: not on its title, not on its buttons.
  const own = [dialog.getByRole('heading', { level: 2 }), ...(await dialog.getByRole('button').all())];
  for (const part of own) {
    const box = await boxOf(part);
    expect(notices.filter((notice) => overlap(notice, box))).toEqual([]);
  }
  await clerk.press('Control+Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Menunggu lurah').first()).toBeVisible();

  await clerk.press('Alt+e');
  await clerk.answer({ Peristiwa: '6' });
  await clerk.answer({
    'Tanggal masuk': '03102026',
    'Sebab masuk': '1',
    'Dari mana': 'Bogor',
    Nama: 'Dewi Kenanga',
    NIK: '',
    'Jenis kelamin': '2',
    'Tempat lahir': 'Bogor',
    'Tanggal lahir': '02111999',
    'Hubungan dengan kepala rumah tangga': '4',
    'Nama ibu kandung': '',
  });
  await expect(dialog.getByLabel('Alasan atau keterangan')).toBeFocused();
  await clerk.type('Buku nikah');
  await expect(dialog.getByRole('region', { name: 'Yang akan berubah' })).toContainText('Dewi Kenanga');
  await clerk.press('Control+Enter');
  await expect(dialog).toBeHidden();

  const lurah = await enter(page, 'lurah');
  await lurah.palette('Periode');
  const approve = page.getByRole('button', { name: 'Setujui' });
  await expect(approve.first()).toBeVisible();
  for (let waiting = await approve.count(); waiting > 0; waiting -= 1) {
    await lurah.choose(approve.first());
    await lurah.press('Control+Enter');
    await expect(page.getByText('Peristiwa disetujui dan dijalankan').first()).toBeVisible();
    await expect(approve).toHaveCount(waiting - 1);
  }
  await page.screenshot({ path: 'tests/.output/peristiwa-lurah.png' });

  await enter(page, 'loket');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused();
  await page.keyboard.type('kirana kenanga', { delay: 20 });
  await expect(page.getByRole('dialog').getByText('Wahyudi Kenanga').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('row', { name: /Kirana Kenanga/ })).toContainText('BN-');
  await expect(page.getByRole('row', { name: /Dewi Kenanga/ })).toBeVisible();
});

test('a stack of paper is typed form after form, and the last one corrected', async ({ page }) => {
  const me = await enter(page, 'loket');
  await me.palette('Pendaftaran');
  await me.press('Alt+s');
  await expect(page.getByLabel('Tanggal pada formulir')).toBeFocused();
  await expectNoComplaints(page, 'stack of forms');
  await me.answer({
    'Tanggal pada formulir': '02102026',
    RT: '4',
    RW: '5',
    'Asal formulir': 'Formulir RT',
    'Yang mengisi formulir': 'Pak Amat',
  });
  await me.press('Control+Enter');
  const strip = page.getByRole('region', { name: 'Tumpukan formulir' });
  for (const [index, name] of ['Darto Tumpuk', 'Endang Tumpuk'].entries()) {
    await expect(strip).toContainText(`Formulir ke-${index + 1}`);
    await expect(page.getByLabel('Alamat', { exact: true })).toBeFocused();
    await expect(page.getByLabel('RT', { exact: true })).toHaveValue('4');
    await me.type(`Gg. Kertas No. ${index + 1}`);
    await me.press('Enter', 'Enter', 'Enter', 'Enter', 'Enter');
    await typeMember(me, name, '1', '01021975', '');
    await me.press('Control+Enter');
    await expect(strip).toContainText(name);
  }
  await page.screenshot({ path: 'tests/.output/tumpukan.png' });
  await me.press('Alt+u');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Perbaikan');
  await me.tabTo(page.getByLabel('Telepon'));
  await me.type('0813 555');
  await me.press('Control+Enter');
  await expect(strip).toContainText('Formulir ke-3');
  await expect(page.getByLabel('Alamat', { exact: true })).toBeFocused();
  await me.press('Escape');
  await expect(page.getByRole('region', { name: 'Tumpukan belum selesai' })).toContainText('2 formulir');
});

test('two clerks at one draft: what the colleague saved is shown and kept, the own text is a branch', async ({
  page,
}) => {
  const me = await enter(page, 'loket');
  await me.press('F2');
  const street = page.getByLabel('Alamat', { exact: true });
  await expect(street).toBeFocused();
  await me.type('Gg. Saya');
  await expect(page.getByText(/^Tersimpan /)).toBeVisible();
  const draftId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const desk = await colleague(office.address, {
    username: 'rini',
    name: 'Rini Asih',
    role: 'petugas_loket',
  });
  const stored = async () => (await desk.intake.open.query({ draftId })).body.address.street;
  async function colleagueSaves(theirs: string) {
    await desk.intake.takeOver.mutate({ draftId, reason: 'Keluarga dilayani di loket lain' });
    const { version, body } = await desk.intake.open.query({ draftId });
    const address = { ...body.address, street: theirs };
    await desk.intake.save.mutate({ draftId, version, body: { ...body, address } });
    await desk.intake.release.mutate({ draftId });
  }
  await colleagueSaves('Gg. Rekan');

  // Also what is typed after the refusal goes into the branch.
  await me.type(' lagi');
  await expect(page.getByText('Tersimpan sebagai cabang.')).toBeVisible();
  await street.focus();
  await me.press('End');
  await me.type(', sampai habis');
  await me.choose(page.getByRole('button', { name: 'Buka yang tersimpan' }));
  await expect(street).toHaveValue('Gg. Rekan');
  await expect(page.getByText('Isian Anda yang belum tersimpan masih ada')).toBeHidden();
  const branch = async () => (await desk.intake.drafts.query()).find(({ fork }) => fork)?.street;
  await expect.poll(branch).toBe('Gg. Saya lagi, sampai habis');
  await street.focus();
  await me.press('End');
  await me.type(', dicocokkan');
  await expect.poll(stored).toBe('Gg. Rekan, dicocokkan');

  // Where no branch could be made, the own text is offered, and never put in place by itself.
  await colleagueSaves('Gg. Rekan kedua');
  await page.route('**/rpc/intake.fork**', (route) => route.abort());
  await me.type(' tanpa cabang');
  await expect(page.getByText(/^Cabang belum tersimpan/)).toBeVisible();
  await me.choose(page.getByRole('button', { name: 'Buka yang tersimpan' }));
  await expect(street).toHaveValue('Gg. Rekan kedua');
  await expect(page.getByText(/disimpan oleh Rini Asih/)).toBeVisible();
  await expectNoComplaints(page, 'own text of a draft set aside');
  expect(await stored()).toBe('Gg. Rekan kedua');
  await me.choose(page.getByRole('button', { name: 'Pakai isian saya' }));
  await expect(street).toHaveValue('Gg. Rekan, dicocokkan tanpa cabang');
  await expect(page.getByText('Isian Anda yang belum tersimpan masih ada')).toBeHidden();
  await expect.poll(stored).toBe('Gg. Rekan, dicocokkan tanpa cabang');
});

test('a family that was here before is told beside the form, and fills it', async ({ page }) => {
  const me = await enter(page, 'loket');
  await registerFamily(me, page, 'Suparmin Serupa');
  await me.press('F2');
  await expect(page.getByLabel('Alamat', { exact: true })).toBeFocused();
  await me.answer({ Alamat: 'Gg. Lain No. 1', RT: '', RW: '', Telepon: '', 'No KK': '' });
  await typeMember(me, 'Suparmin Serupa', '1', '01021975', '');
  const hint = page.getByRole('region', { name: 'Keluarga yang mungkin sama' });
  await expect(hint.getByRole('article', { name: 'Suparmin Serupa' })).toBeVisible();
  await expectNoComplaints(page, 'hint of likely duplicates');
  await me.press('Alt+m');
  await expect(hint.getByRole('button', { name: 'Pakai data ini' }).first()).toBeFocused();
  // An address that was typed would go: Enter twice loses nothing, and what was replaced comes back.
  await me.press('Enter');
  const question = page.getByRole('dialog', { name: 'Ganti isian dengan data ini?' });
  await expect(question.getByRole('button', { name: 'Jangan ganti' })).toBeFocused();
  await me.press('Enter');
  await expect(question).toBeHidden();
  const street = page.getByLabel('Alamat', { exact: true });
  await expect(street).toHaveValue('Gg. Lain No. 1');
  await me.choose(hint.getByRole('button', { name: 'Pakai data ini' }).first());
  await me.choose(question.getByRole('button', { name: 'Ganti isian' }));
  await expect(hint).toContainText('Datanya sudah dipakai di formulir ini.');
  await expect(street).toHaveValue('Gg. Kenanga No. 8');
  await expect(page.getByText('2. Suparmin Serupa Putri')).toBeVisible();
  await expect(hint.getByRole('button', { name: /Kembalikan isian sebelumnya/ })).toBeFocused();
  await me.press('Control+z');
  await expect(street).toHaveValue('Gg. Lain No. 1');
  await me.choose(hint.getByRole('button', { name: /Kembalikan isian sebelumnya/ }));
  await expect(street).toHaveValue('Gg. Kenanga No. 8');
});

test('the lurah returns one registration and rejects another, each with its reason', async ({ page }) => {
  const lurah = await enter(page, 'lurah');
  for (const [key, title, state, reason] of [
    ['k', 'Kembalikan', 'Dikembalikan', 'Surat RT belum bertanda tangan'],
    ['x', 'Tolak', 'Ditolak', 'Keluarga tinggal di kelurahan lain'],
  ] as const) {
    await lurah.palette('Perlu saya tindak');
    await expect(page.getByRole('heading', { name: 'Perlu saya tindak', level: 1 })).toBeVisible();
    const head = await page.getByRole('main').getByRole('heading', { level: 2 }).first().innerText();
    const waiting = page.getByRole('heading', { name: head, level: 2 });
    await lurah.press(key);
    const question = page.getByRole('dialog', { name: title });
    await expect(question.getByLabel('Alasan')).toBeFocused();
    await lurah.press('Control+Enter');
    await expect(question.getByLabel('Alasan')).toHaveAttribute('aria-invalid', 'true');
    await lurah.type(reason);
    await lurah.press('Control+Enter');
    await expect(question).toBeHidden();
    await expect(waiting).toBeHidden();
    await lurah.press('Control+k');
    await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused();
    await lurah.type(head);
    await expect(page.getByRole('dialog').getByText(head).first()).toBeVisible();
    await lurah.press('Enter');
    await expect(page.getByRole('heading', { name: head, level: 1 })).toBeVisible();
    await expect(page.getByRole('main')).toContainText(state);
    await expect(page.getByRole('main')).toContainText(reason);
  }
});
