import type { Page } from '@playwright/test';
import { bdtRow, bdtWorkbook } from '../fixtures/read-list.ts';
import { expectNoComplaints } from './axe.ts';
import { Keyboard } from './keyboard.ts';
import { expect, Office, test } from './office.ts';
import { login } from './steps/people.ts';

let office: Office;
test.beforeAll(async () => {
  office = await Office.start('--latihan');
});
test.afterAll(() => office.remove());

const trainingPassword = 'latihan-jakarta';

/** The dialog for files belongs to the system; everything else is done with the keyboard. */
async function chooseFile(me: Keyboard, page: Page, name: string, buffer: Buffer): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await me.choose(page.getByRole('button', { name: /Pilih berkas/ }));
  await (await chooser).setFiles({ name, mimeType: 'application/octet-stream', buffer });
  await expect(page.getByText(name)).toBeVisible();
}

/** A list of Carik Jakarta, without codes of areas. */
async function chooseCarik(me: Keyboard, page: Page, name: string, text: string): Promise<void> {
  await chooseFile(me, page, name, Buffer.from(text));
  await me.tabTo(page.getByRole('radio', { name: 'BDT 2015', exact: true }));
  await me.press(...Array.from({ length: 6 }, () => 'ArrowDown'));
  await me.tabTo(page.getByLabel(/Kode BPS/));
  await me.press('ArrowUp');
}

async function openImport(me: Keyboard, page: Page): Promise<void> {
  await me.palette('Daftar acuan');
  await expect(page.getByRole('heading', { name: 'Daftar acuan', level: 1 })).toBeVisible();
  await me.press('i');
  await expect(page.getByRole('heading', { name: 'Impor daftar acuan' })).toBeVisible();
}

test('a list is checked, stored and found again, with the keyboard alone', async ({ page }) => {
  const me = new Keyboard(page);
  await page.goto(office.address);
  await login(me, page, 'verifikasi', trainingPassword);
  await expect(page.getByRole('navigation', { name: 'Menu utama' })).toBeVisible();
  await openImport(me, page);
  await expectNoComplaints(page, 'choose');

  const good = Array.from({ length: 40 }, (_, index) =>
    bdtRow({ 'ID rumah tangga': `R${index >> 1}`, 'Nama ART': `ORANG KE-${index}`, NIK: null, Catatan: 'x' }),
  );
  const list = await bdtWorkbook(...good, bdtRow({ NIK: '3.17E+15' }), bdtRow({ NIK: 3171014101800010 }));
  await chooseFile(me, page, 'BDT Gambir.xlsx', list);
  await me.press('Control+Enter');
  await expect(page.getByText('Nyatakan sistem kodenya')).toBeVisible();
  await me.tabTo(page.getByLabel(/Kode BPS/));
  await me.press('Space', 'Control+Enter');

  await expect(page.getByRole('heading', { name: 'Simpan sebagai' })).toBeVisible();
  // Its keys work at once: what had the keyboard is gone with the step before.
  await expect(page.locator('form', { hasText: 'Simpan sebagai' })).toBeFocused();
  await expect(page.getByRole('grid', { name: 'Baris yang ditolak' }).getByRole('row')).toHaveCount(3);
  await expect(page.getByText('notasi ilmiah')).toBeVisible();
  await expect(page.getByText('Catatan.', { exact: true })).toBeVisible();
  await expectNoComplaints(page, 'checked');
  await page.screenshot({ path: 'tests/.output/reference-checked.png', fullPage: true });

  await me.typeInto(page.getByLabel(/Keadaan per tanggal/), '31052024');
  // Laid beside a list, it bears that list's name; beside nothing, the last of the choices, its own.
  await me.tabTo(page.getByRole('combobox', { name: 'Bandingkan dahulu dengan' }));
  await me.press('ArrowDown');
  await me.pick(page.getByRole('option', { name: /Tidak dibandingkan/ }));
  await expect(page.getByLabel(/Nama daftar/)).toHaveValue('BDT 2015 Gambir');
  await expect(page.getByRole('button', { name: /Simpan 40 orang/ })).toBeVisible();
  // What is stored beside nothing replaces nothing: its blank cells would erase what is known.
  await expect(page.getByText(/yang lain tetap dipakai: BDT 2015/)).toBeVisible();
  await expectNoComplaints(page, 'beside nothing');
  await page.screenshot({ path: 'tests/.output/reference-beside-nothing.png', fullPage: true });
  await me.press('Control+Enter');
  await expect(page.getByRole('heading', { name: 'Daftar tersimpan' })).toBeVisible();
  await expect(page.getByText('20 rumah tangga, 40 orang')).toBeVisible();
  await expectNoComplaints(page, 'saved');
  await me.choose(page.getByRole('button', { name: 'Lihat daftar acuan' }));

  const row = page.getByRole('row', { name: /BDT 2015 Gambir/ });
  await expect(row).toContainText('31 Mei 2024');
  await expectNoComplaints(page, 'lists');
  await page.screenshot({ path: 'tests/.output/reference-lists.png' });
  await me.tabTo(page.getByRole('grid', { name: /Daftar acuan/ }));
  await me.press('Home', 'Enter');
  const report = page.getByRole('dialog', { name: /BDT 2015 Gambir/ });
  await expect(report.getByText('notasi ilmiah')).toBeVisible();
  // What is asked above the report is left alone by Esc, with what was typed.
  await me.choose(report.getByRole('button', { name: /^Ekspor/ }));
  const exporting = page.getByRole('dialog', { name: 'Ekspor ke Excel' });
  await me.typeInto(exporting.getByLabel('Keperluan'), 'Padan ulang');
  await me.press('Escape');
  await expect(exporting).toBeHidden();
  await expect(report).toBeVisible();
  await me.choose(report.getByRole('button', { name: /^Ekspor/ }));
  await expect(exporting.getByLabel('Keperluan')).toHaveValue('Padan ulang');
});

test('a file that cannot be read says why, and what was chosen stays', async ({ page }) => {
  const me = new Keyboard(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(office.address);
  await login(me, page, 'verifikasi', trainingPassword);
  await expect(page.getByRole('navigation', { name: 'Menu utama' })).toBeVisible();
  await openImport(me, page);
  const { NIK: _nik, ...withoutNik } = bdtRow();
  await chooseFile(me, page, 'tanpa-nik.xlsx', await bdtWorkbook(withoutNik));
  await me.tabTo(page.getByLabel(/Kode BPS/));
  await me.press('Space', 'Control+Enter');
  await expect(page.getByText('Kolom wajib tidak ada: NIK.')).toBeVisible();
  await expectNoComplaints(page, 'refused, dark');
  await page.screenshot({ path: 'tests/.output/reference-refused.png' });
  await me.palette('Beranda');
  await me.palette('Daftar acuan');
  await me.press('i');
  await expect(page.getByText('tanpa-nik.xlsx')).toBeVisible();
});

test('two quarters of DTSEN are laid beside each other, and a file is accepted in parts', async ({
  page,
}) => {
  const me = new Keyboard(page);
  await page.goto(office.address);
  await login(me, page, 'verifikasi', trainingPassword);
  await me.palette('Daftar acuan');
  await me.tabTo(page.getByRole('grid', { name: /Daftar acuan/ }));
  await expect(page.getByRole('row', { name: /DTSEN/ })).toHaveCount(2);
  const order = await page.getByRole('row').allTextContents();
  const at = order.findIndex((text) => text.includes('DTSEN')) - 1;
  await me.press('Home', ...Array.from({ length: at }, () => 'ArrowDown'), 'Enter');
  await me.choose(page.getByRole('button', { name: 'Lihat perbedaan' }));
  await expect(page.getByRole('heading', { name: 'Perbedaan daftar' })).toBeVisible();
  await expect(page.getByText(/^Peringkat berpindah [1-9]/)).toBeVisible();
  await expectNoComplaints(page, 'difference');
  await page.screenshot({ path: 'tests/.output/difference.png' });
  await me.tabTo(page.getByRole('grid', { name: 'Rumah tangga yang dibandingkan' }));
  await me.press('End', 'Enter');
  await expect(page.getByRole('dialog').getByText('Sebelumnya')).toBeVisible();
  await page.screenshot({ path: 'tests/.output/difference-detail.png' });
  await me.press('Escape');
  await me.press('Escape');

  const kk = 'nomor_kartu_keluarga,nomor_induk_kependudukan,nama,nama_kelurahan,rt,rw,desil\n';
  const rows =
    '3171010101200001,3171014101800001,SITI,GAMBIR,1,1,2\n3171010101200002,3171014101800002,ANI,GAMBIR,1,2,3\n';
  const declare = async () => {
    await openImport(me, page);
    await chooseFile(me, page, 'dtsen-tambahan.csv', Buffer.from(kk + rows));
    await me.tabTo(page.getByRole('radio', { name: 'BDT 2015', exact: true }));
    await me.press('ArrowDown', 'ArrowDown', 'ArrowDown');
    await me.tabTo(page.getByLabel(/Kode BPS/));
    await me.press('ArrowUp', 'Control+Enter');
    await expect(page.getByRole('heading', { name: 'Simpan sebagai' })).toBeVisible();
    await me.typeInto(page.getByLabel(/Keadaan per tanggal/), '30092026');
    await me.tabTo(page.getByRole('radio', { name: /seluruh daftar/ }));
  };
  // A part that is declared the whole would put everybody else out: asked first, and the safe answer has the keyboard.
  await declare();
  await me.press('Control+Enter');
  await expect(page.getByText(/150 dari 150 keluarga di daftar sebelumnya/)).toBeVisible();
  await me.press('Control+Enter');
  const leaving = page.getByRole('dialog', { name: '150 keluarga keluar dari daftar?' });
  await expect(leaving.getByRole('button', { name: 'Periksa dahulu' })).toBeFocused();
  await expectNoComplaints(page, 'many would leave');
  await me.press('Enter');
  await expect(leaving).toBeHidden();
  await me.choose(page.getByRole('button', { name: 'Buang berkas' }));
  await me.choose(page.getByRole('dialog').getByRole('button', { name: 'Buang', exact: true }));

  await declare();
  await me.press('ArrowDown');
  await page.screenshot({ path: 'tests/.output/staging-choice.png', fullPage: true });
  await me.press('Control+Enter');
  await expect(page.getByRole('heading', { name: 'Periksa sebelum masuk' })).toBeVisible();
  // With nothing ticked it is about everything shown: asked first, and taken back with one key.
  await me.press('x');
  const everything = page.getByRole('dialog', { name: 'Tolak 2 yang ditampilkan?' });
  await expect(everything).toBeVisible();
  await me.press('Escape');
  await expect(everything).toBeHidden();
  await expect(page.getByText('2 dari 2 perubahan diterima')).toBeVisible();
  await me.press('x');
  await expect(everything.getByRole('button', { name: 'Tolak semua' })).toBeFocused();
  await page.screenshot({ path: 'tests/.output/staged-everything.png' });
  await me.press('Enter');
  await expect(page.getByText('0 dari 2 perubahan diterima')).toBeVisible();
  await me.press('Control+z');
  await expect(page.getByText('2 dari 2 perubahan diterima')).toBeVisible();
  await me.tabTo(page.getByRole('grid', { name: 'Rumah tangga yang dibandingkan' }));
  await me.press('Home', 'Space', 'x');
  await expect(page.getByText('1 dari 2 perubahan diterima')).toBeVisible();
  await expectNoComplaints(page, 'staged');
  const buttons = [/^Tolak/, /^Terima/, /^Buang berkas/, /^Simpan yang diterima/].map((name) =>
    page.getByRole('button', { name }),
  );
  const places = await Promise.all(buttons.map((button) => button.boundingBox()));
  expect(new Set(places.map((box) => box?.y)).size).toBe(1);
  await page.screenshot({ path: 'tests/.output/staged.png' });
  await me.press('Control+Enter');
  await expect(page.getByText(/Mulai sekarang versi ini yang dipakai/)).toBeVisible();
  await me.choose(page.getByRole('button', { name: 'Urungkan impor' }));
  await expect(page.getByText(/diurungkan. Versi sebelumnya dipakai lagi/)).toBeVisible();
});

test('the columns of an unknown list are mapped by hand', async ({ page }) => {
  const me = new Keyboard(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(office.address);
  await login(me, page, 'verifikasi', trainingPassword);
  await openImport(me, page);
  const carik = 'Nama Warga;NIK Warga;Kartu;Kelurahan\nSiti;3171014101800001;3171010101200001;Gambir\n';
  await chooseCarik(me, page, 'carik.csv', carik);
  await page.screenshot({ path: 'tests/.output/reference-choose.png', fullPage: true });
  await me.press('Control+Enter');
  await expect(page.getByRole('heading', { name: 'Arti setiap kolom' })).toBeVisible();
  await me.tabTo(page.getByRole('combobox', { name: 'Arti kolom Kartu' }));
  await me.press('Control+a');
  await page.keyboard.type('No KK');
  await me.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Arti kolom Kartu' })).toHaveValue('No KK');
  await expectNoComplaints(page, 'mapping');
  await page.screenshot({ path: 'tests/.output/reference-map.png', fullPage: true });
  await me.typeInto(page.getByLabel('Simpan pemetaan ini sebagai'), 'Carik Gambir');
  await me.press('Control+Enter');
  await expect(page.getByRole('heading', { name: 'Simpan sebagai' })).toBeVisible();
  await expect(page.getByText('Semua baris dapat masuk')).toBeVisible();

  // The next list of that kind: headers by other words, and in another order; one that only the office knows.
  await me.choose(page.getByRole('button', { name: 'Mulai dengan berkas lain' }));
  const later =
    'KARTU;Nomor Induk Kependudukan;Nama Lengkap;Kelurahan;Kader\n3171010101200002;3171014101800002;Ani;Gambir;Yuni\n';
  await chooseCarik(me, page, 'carik-november.csv', later);
  await me.press('Control+Enter');
  await expect(page.getByRole('heading', { name: 'Arti setiap kolom' })).toBeVisible();
  const meaning = (header: string) => page.getByRole('combobox', { name: `Arti kolom ${header}` });
  for (const [header, role] of Object.entries({
    KARTU: 'No KK',
    'Nomor Induk Kependudukan': 'NIK',
    'Nama Lengkap': 'Nama',
    Kelurahan: 'Kelurahan',
    Kader: 'Simpan sebagai keterangan',
  }))
    await expect(meaning(header)).toHaveValue(role);
  // Misread by hand, and put right by the saved mapping.
  await me.tabTo(meaning('KARTU'));
  await me.press('Control+a');
  await page.keyboard.type('Lewati');
  await me.press('Enter');
  await expect(meaning('KARTU')).toHaveValue('Lewati');
  const kept = page.getByRole('combobox', { name: 'Pemetaan tersimpan' });
  while (!(await kept.evaluate((field) => field === document.activeElement))) await me.press('Shift+Tab');
  await page.keyboard.type('Carik Gambir');
  await me.press('Enter');
  await expect(meaning('KARTU')).toHaveValue('No KK');
  await page.screenshot({ path: 'tests/.output/reference-map-again.png', fullPage: true });
  await me.press('Control+Enter');
  await expect(page.getByRole('heading', { name: 'Simpan sebagai' })).toBeVisible();
  await expect(page.getByText('Semua baris dapat masuk')).toBeVisible();
});
