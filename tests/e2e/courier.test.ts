import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { createEnrolmentCode } from '../provincial-server/offices.ts';
import { gambir, startTestProvince } from '../provincial-server/testing.ts';
import { expectNoComplaints } from './axe.ts';
import { Keyboard } from './keyboard.ts';
import { expect, test } from './office.ts';
import { login } from './steps/people.ts';
import { enrolOffice, expectConnected, expectDisconnected } from './steps/sync.ts';

const pictures = 'tests/.output/kurir';
const trainingPassword = 'latihan-jakarta';
const run = promisify(execFile);

/** What the province's data staff do with the stick. */
function readAtProvince(databaseUrl: string, bundle: string, folder: string, more: readonly string[] = []) {
  return run(
    process.execPath,
    ['tests/provincial-server/courier-main.ts', '--in', bundle, '--out', folder, ...more],
    { env: { ...process.env, DATABASE_URL: databaseUrl, PUBLIC_ADDRESS: undefined } },
  );
}

test('without a line, a stick takes what waits to the province and brings its receipts back', async ({
  trainingOffice,
  page,
}, info) => {
  const province = await startTestProvince();
  try {
    const me = new Keyboard(page);
    const line = await province.startAnother();
    await page.goto(trainingOffice.address);
    await login(me, page, 'admin', trainingPassword);
    const code = await createEnrolmentCode(line.pool, gambir, new Date());
    await enrolOffice(me, page, line.address, code);
    await expectConnected(page);
    await me.palette('Paket kurir');
    const make = page.getByRole('button', { name: 'Buat paket kurir' });
    await expect(make).toBeEnabled();
    await expect(page.getByText('Tidak ada berkas yang menunggu.')).toBeVisible();
    await line.close();
    await expectDisconnected(page);

    await signIn(me, page, 'lurah');
    await legaliseFirst(me, page);
    await signIn(me, page, 'admin');
    await me.palette('Kiriman');
    await me.palette('Paket kurir');
    await expect(page.getByText('1 berkas menunggu')).toBeVisible();
    const download = page.waitForEvent('download');
    await me.choose(make);
    const bundle = info.outputPath((await download).suggestedFilename());
    await (await download).saveAs(bundle);
    await expect(page.getByRole('cell', { name: 'Di jalan, 1 belum dijawab' })).toBeVisible();
    await expectNoComplaints(page, 'a bundle on its way');

    const { stdout } = await readAtProvince(province.databaseUrl, bundle, info.outputPath());
    expect(stdout).toContain('1 catatan dibaca');
    const answer = /^Jawaban: (.+)$/m.exec(stdout)?.[1] ?? '';
    const again = await readAtProvince(province.databaseUrl, bundle, info.outputPath());
    expect(again.stdout).toContain('sudah pernah dibaca; jawabannya sama');

    await readAnswer(me, page, bundle);
    await expect(page.getByText('Ini paket dari kantor ini sendiri, bukan jawaban provinsi.')).toBeVisible();
    await readAnswer(me, page, answer);
    await expect(page.getByText('1 diterima, 0 perlu perhatian', { exact: false })).toBeVisible();
    await expect(page.getByRole('cell', { name: /^Jawaban dibaca / })).toBeVisible();
    await expect(page.getByText('Tidak ada berkas yang menunggu.')).toBeVisible();
    // The training office's older receipts are of a province that was only played: this one holds none of those cases.
    await expect(page.getByText(/^\d+ berbeda dengan provinsi per /)).toBeVisible();
    await picture(page, 'jawaban-berbeda');
  } finally {
    await province.stop();
  }
});

test('an office that never had a line enrols by a stick, and makes its first bundle', async ({
  trainingOffice,
  page,
}, info) => {
  const province = await startTestProvince();
  try {
    const me = new Keyboard(page);
    await page.goto(trainingOffice.address);
    await login(me, page, 'admin', trainingPassword);
    const code = await createEnrolmentCode(province.server.pool, gambir, new Date());
    await me.palette('Kiriman');
    await me.palette('Daftarkan kantor');
    const form = page.getByRole('dialog');
    await me.tabTo(form.getByRole('radio', { name: 'Lewat sambungan' }));
    await me.press('ArrowRight');
    await me.typeInto(form.getByLabel('Kode pendaftaran'), code.slice(0, 14));
    await me.press('Control+Enter');
    await expect(form.getByText('16 huruf dan angka', { exact: false })).toBeVisible();
    await me.type(code.slice(14));
    const download = page.waitForEvent('download');
    await me.press('Control+Enter');
    const asked = info.outputPath((await download).suggestedFilename());
    await (await download).saveAs(asked);
    await expect(form.getByText(/^Permintaan ditulis /)).toBeVisible();
    await picture(page, 'mendaftar-lewat-kurir');

    const untold = await readAtProvince(province.databaseUrl, asked, info.outputPath()).catch(
      (cause: unknown) => cause,
    );
    expect(untold).toMatchObject({ code: 1, stderr: expect.stringContaining('--address') });
    const address = ['--address', 'http://127.0.0.1:9'];
    const { stdout } = await readAtProvince(province.databaseUrl, asked, info.outputPath(), address);
    expect(stdout).toContain('Kelurahan Gambir (31.71.01.1001) terdaftar lewat kurir.');
    const answer = /^Jawaban: (.+)$/m.exec(stdout)?.[1] ?? '';

    const read = async (file: string) => {
      const chooser = page.waitForEvent('filechooser');
      await me.choose(form.getByRole('button', { name: 'Baca jawaban provinsi' }));
      await (await chooser).setFiles(file);
    };
    await read(asked);
    await expect(form.getByText('Ini permintaan dari kantor sendiri, bukan jawaban provinsi.')).toBeVisible();
    await read(answer);
    await expect(form).toBeHidden();
    await expect(page.getByText(/^http:\/\/127\.0\.0\.1:9 · terdaftar /)).toBeVisible();
    await expectDisconnected(page);

    await me.palette('Paket kurir');
    const bundle = page.waitForEvent('download');
    await me.choose(page.getByRole('button', { name: 'Buat paket kurir' }));
    const first = info.outputPath((await bundle).suggestedFilename());
    await (await bundle).saveAs(first);
    expect((await readAtProvince(province.databaseUrl, first, info.outputPath())).stdout).toContain(
      'Kelurahan Gambir, paket 1',
    );
  } finally {
    await province.stop();
  }
});

test('the province’s staff are told why a file on the stick is not read', async () => {
  const told = await readAtProvince('postgres://127.0.0.1:1/none', 'tiada.mutakhir', '.').catch(
    (cause: unknown) => cause,
  );
  expect(told).toMatchObject({ code: 1, stderr: expect.stringContaining('Paket tidak dapat dibaca') });
});

async function signIn(me: Keyboard, page: Page, username: string): Promise<void> {
  await me.palette('Keluar');
  await login(me, page, username, trainingPassword);
  await expect(page.getByRole('navigation', { name: 'Menu utama' })).toBeVisible();
}

async function legaliseFirst(me: Keyboard, page: Page): Promise<void> {
  await me.palette('Perlu saya tindak');
  const results = page.getByRole('radio', { name: /Hasil verifikasi/ });
  await expect(results).toBeAttached();
  await me.press('Alt+b');
  await expect(results).toBeChecked();
  await expect(page.getByRole('heading', { name: 'Hasil kunjungan' })).toBeVisible();
  await me.press('s');
  const question = page.getByRole('dialog');
  await expect(question.getByRole('button', { name: /sahkan/i })).toBeFocused();
  await me.press('Enter');
  await expect(question).toBeHidden();
}

/** As a clerk sees it; axe finds nothing on it. */
async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.screenshot({ path: join(pictures, `${name}.png`) });
  await expectNoComplaints(page, name);
}

async function readAnswer(me: Keyboard, page: Page, file: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await me.choose(page.getByRole('button', { name: 'Baca paket jawaban' }));
  await (await chooser).setFiles(file);
}
