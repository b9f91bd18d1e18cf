import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { CaseState } from '../../shared/domain/case-flow.ts';
import { atAnotherDesk } from './api.ts';
import { expectNoComplaints } from './axe.ts';
import { Keyboard } from './keyboard.ts';
import { expect, test } from './office.ts';
import { login } from './steps/people.ts';

const pictures = 'tests/.output/periode';
const secret = 'latihan-jakarta';

/** What axe says of a screen, and how the screen looks small, large and dark. */
async function look(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  await expectNoComplaints(page, name);
  for (const [width, height, scheme] of [
    [1920, 1080, 'dark'],
    [1366, 768, 'light'],
  ] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: join(pictures, `${name}-${width}.png`) });
  }
}

/** Makes a paper from where one stands, and leaves it. */
async function paper(me: Keyboard, page: Page, button: string): Promise<void> {
  const made = page.waitForResponse('**/files/document');
  await me.choose(page.getByRole('button', { name: `Cetak: ${button}`, exact: true }));
  expect((await made).headers()['content-type'], button).toBe('application/pdf');
  await expect(
    page
      .getByRole('dialog')
      .getByRole('button', { name: 'Simpan berkas' })
      .or(page.getByRole('dialog').getByRole('link', { name: 'Simpan berkas' })),
  ).toBeVisible();
  await me.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
}

/** Goes to a part of the meeting by the key that turns to the next. */
async function part(me: Keyboard, page: Page, name: RegExp): Promise<void> {
  const wanted = page.getByRole('radio', { name });
  for (let turn = 0; turn < 6 && !(await wanted.isChecked()); turn += 1) await me.press('Alt+b');
  await expect(wanted).toBeChecked();
}

async function openMeeting(me: Keyboard, page: Page, no: number): Promise<void> {
  await me.palette('Muskel');
  await expect(page.getByRole('heading', { name: 'Muskel', level: 1 })).toBeVisible();
  const list = page.getByRole('grid', { name: 'Daftar muskel' });
  await expect(list).toBeFocused();
  // The newest stands first.
  for (let down = 2; down > no; down -= 1) await me.press('ArrowDown');
  await me.press('Enter');
  await expect(page.getByRole('heading', { name: new RegExp(`^Muskel ${no},`) })).toBeVisible();
}

test('a period is led to its end by keyboard: list, meeting, papers, objection, closing', async ({
  trainingOffice,
  page,
}) => {
  mkdirSync(pictures, { recursive: true });
  const me = new Keyboard(page);
  await page.goto(trainingOffice.address);
  await login(me, page, 'verifikasi', secret);

  await test.step('the list is printed, the meeting is held', async () => {
    await openMeeting(me, page, 2);
    await part(me, page, /^Dokumen/);
    await paper(me, page, 'Daftar Sasaran Verifikasi (prelist)');
    await look(page, 'dokumen');
    await part(me, page, /^Sidang/);
    const undecided = page.getByRole('list', { name: 'Agenda' }).getByText('belum diputuskan');
    const waiting = await undecided.count();
    expect(waiting).toBeGreaterThan(0);
    // No number in full where everybody looks at the screen.
    await expect(page.getByText(/\d{4} •••• •••• \d{4}/).first()).toBeVisible();
    expect(await page.locator('main').textContent()).not.toMatch(/\d{4} \d{4} \d{4} \d{4}/);
    await me.typeInto(page.getByLabel('Pekerjaan anggota (kolom 10)'), '4');
    await me.press('Tab');
    await me.typeInto(page.getByLabel('Ada penyandang disabilitas (kolom 11)'), '2');
    await look(page, 'sidang');
    await me.tabTo(page.getByRole('list', { name: 'Agenda' }).locator('[aria-current=true]'));
    await me.press('t');
    const why = page.getByRole('dialog');
    await expect(why).toBeVisible();
    await me.type('1');
    await me.press('Control+Enter');
    await expect(why).toBeHidden();
    await expect(undecided).toHaveCount(waiting - 1);
    for (let left = waiting - 1; left > 0; left -= 1) {
      await me.press('l');
      await expect(undecided).toHaveCount(left - 1);
    }
  });

  await test.step('who came, what the form asks, and the end', async () => {
    await me.choose(page.getByRole('button', { name: 'Ubah waktu dan tempat' }));
    const facts = page.getByRole('dialog');
    await me.typeInto(facts.getByLabel('Jam mulai'), '09.00');
    await me.typeInto(facts.getByLabel('Jam selesai'), '11.00');
    await me.typeInto(facts.getByLabel('Tempat'), 'Balai RW 003');
    await me.press('Control+Enter');
    await expect(facts).toBeHidden();
    await part(me, page, /^Daftar hadir/);
    await me.typeInto(page.getByLabel('Nama 1'), 'Pak RW');
    await me.choose(page.getByRole('button', { name: 'Simpan daftar hadir' }));
    await expect(page.getByRole('radio', { name: 'Daftar hadir 1' })).toBeAttached();
    await look(page, 'hadir');
    await part(me, page, /^MK01/);
    await me.typeInto(page.getByRole('textbox', { name: /^MK01 / }), 'Ketua LMK');
    await me.typeInto(page.getByLabel(/^MK09 /), '1');
    await me.choose(page.getByRole('button', { name: 'Simpan isian MK' }));
    await expect(page.getByText('Tersimpan').first()).toBeVisible();
    await look(page, 'mk');
    await part(me, page, /^Sidang/);
    await me.press('Control+Enter');
    await expect(page.getByRole('dialog')).toBeVisible();
    await me.press('Control+Enter');
    await expect(page.getByText('Menunggu pengesahan lurah').first()).toBeVisible();
  });

  await test.step('the minutes bear the number the office gave them; one that is used is refused', async () => {
    await part(me, page, /^Dokumen/);
    await me.typeInto(page.getByLabel('Nomor surat: Berita Acara'), '77/BA/2026');
    await paper(me, page, 'Berita Acara');
    await expect(page.getByText('77/BA/2026')).toBeVisible();
    await me.typeInto(page.getByLabel('Nomor surat: SPTJM lurah'), '77/BA/2026');
    await me.choose(page.getByRole('button', { name: 'Cetak: SPTJM lurah', exact: true }));
    await expect(page.getByText('Nomor surat 77/BA/2026 sudah dipakai.')).toBeVisible();
    await me.press('Escape');
    await me.palette('Keluar');
  });

  await test.step('the lurah finds it in the inbox, makes it official and answers who disagrees', async () => {
    await login(me, page, 'lurah', secret);
    await me.palette('Perlu saya tindak');
    await expect(page.getByRole('link', { name: 'Muskel 2 menunggu pengesahan' })).toBeVisible();
    await look(page, 'perlu-saya-tindak');
    await me.choose(page.getByRole('link', { name: 'Muskel 2 menunggu pengesahan' }));
    await expect(page.getByRole('heading', { name: /^Muskel 2,/ })).toBeVisible();
    await me.press('s');
    await expect(page.getByRole('dialog')).toBeVisible();
    await me.press('Control+Enter');
    await expect(page.getByText(/Disahkan .*,/).first()).toBeVisible();

    await part(me, page, /^Sanggahan/);
    await me.choose(page.getByRole('button', { name: 'Catat sanggahan' }));
    const objection = page.getByRole('dialog');
    await me.tabTo(fieldOf(objection, 'Keluarga yang disanggah'));
    await me.press('ArrowDown');
    await me.pick(page.getByRole('option', { name: /^1\. / }));
    await me.typeInto(objection.getByLabel('Yang menyanggah'), 'Bu Tetangga');
    await me.typeInto(objection.getByLabel('Hubungan dengan keluarga'), 'tetangga');
    await me.typeInto(objection.getByLabel('Isi sanggahan'), 'Keluarga itu masih tinggal di sana.');
    await me.press('Control+Enter');
    await expect(objection).toBeHidden();
    await look(page, 'sanggahan');
    await answerFirst(me, page, 'Sudah diperiksa RT; putusan tetap.');
    await openMeeting(me, page, 1);
    await part(me, page, /^Sanggahan/);
    await answerFirst(me, page, 'Usahanya memang miliknya sendiri.');
  });

  await test.step('all papers go out as one, and the period is closed for good', async () => {
    await part(me, page, /^Dokumen/);
    await paper(me, page, 'Set rekap lengkap');
    await me.palette('Periode');
    await expect(page.getByRole('button', { name: /^Tutup periode/ })).toBeEnabled();
    await look(page, 'periode');
    await me.choose(page.getByRole('button', { name: /^Tutup periode/ }));
    const question = page.getByRole('dialog');
    await me.choose(question.getByRole('button', { name: 'Tutup periode' }));
    await expect(question).toBeHidden();
    await me.palette('Periode');
    await me.tabTo(fieldOf(page.locator('main'), 'Periode'));
    await me.press('ArrowDown');
    await me.pick(page.getByRole('option', { name: /ditutup/ }));
    await expect(page.getByText(/^Ditutup oleh/)).toBeVisible();
    await look(page, 'periode-ditutup');
  });

  await test.step('the meeting of a closed period is not opened again', async () => {
    await openMeeting(me, page, 2);
    await expect(page.getByRole('button', { name: 'Buka kembali' })).toHaveCount(0);
    await me.palette('Keluar');
  });

  await test.step('what is wrong in it is put beside it by the counter, and decided by the lurah', async () => {
    const officer = await atAnotherDesk(trainingOffice.address, 'verifikasi', secret);
    const closed = { filter: { states: ['DISAHKAN'] as CaseState[] }, offset: 0, limit: 1 };
    const number = (await officer.cases.list.query(closed)).rows[0]?.number ?? '';
    await login(me, page, 'loket', secret);
    await openCase(me, page, number);
    await me.choose(page.getByRole('button', { name: 'Tambah catatan' }));
    const form = page.getByRole('dialog', { name: 'Catatan perbaikan' });
    await expect(fieldOf(form, 'Yang diperbaiki')).toBeFocused();
    await me.type('Tanggal');
    await me.press('Enter');
    await me.typeInto(form.getByLabel('Tercatat sekarang'), '17-08-1980');
    await me.typeInto(form.getByLabel('Yang benar'), '18-07-1980');
    await me.typeInto(form.getByLabel(/^Alasan/), 'Tertukar, lihat KTP');
    await me.press('Control+Enter');
    await expect(form).toBeHidden();
    await expect(page.getByText('18-07-1980', { exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Setujui' })).toHaveCount(0);
    await me.palette('Keluar');
    await login(me, page, 'lurah', secret);
    await openCase(me, page, number);
    await me.choose(page.getByRole('button', { name: 'Setujui' }));
    await me.press('Control+Enter');
    await expect(page.getByRole('button', { name: 'Setujui' })).toHaveCount(0);
    await look(page, 'perbaikan-sesudah-ditutup');
  });
});

async function openCase(me: Keyboard, page: Page, number: string): Promise<void> {
  const palette = page.getByRole('dialog', { name: /^Cari nama/ });
  await expect(page.getByRole('navigation', { name: 'Menu utama' })).toBeVisible();
  await me.press('Control+k');
  await expect(palette.getByRole('textbox')).toBeFocused();
  await me.type(number);
  await expect(palette.getByText(number)).toBeVisible();
  await me.press('Enter');
  await expect(page.getByRole('heading', { name: 'Peristiwa dan perbaikan' })).toBeVisible();
}

/** A list to pick from, which is a combobox or a text field by whether one may search in it. */
function fieldOf(where: Locator, name: string): Locator {
  return where.getByRole('combobox', { name }).or(where.getByRole('textbox', { name }));
}

async function answerFirst(me: Keyboard, page: Page, words: string): Promise<void> {
  await me.choose(page.getByRole('button', { name: 'Jawab', exact: true }).first());
  const form = page.getByRole('dialog');
  await me.typeInto(form.getByLabel('Jawaban kepada yang menyanggah'), words);
  await me.press('Control+Enter');
  await expect(form).toBeHidden();
  await expect(page.getByText(words, { exact: false })).toBeVisible();
}
