import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { createEnrolmentCode } from '../provincial-server/offices.ts';
import { openPool } from '../provincial-server/database.ts';
import { gambir, startTestProvince, type TestProvince } from '../provincial-server/testing.ts';
import { expectNoComplaints } from './axe.ts';
import { Keyboard } from './keyboard.ts';
import { expect, type Office, test } from './office.ts';
import { approveFirst, toResults } from './steps/approval.ts';
import { continueDraft, finishRegistration, proposePassive, typeHousehold } from './steps/intake.ts';
import { makeKelurahan } from './steps/kelurahan.ts';
import { addStaff, changeTo, login, setUpOffice } from './steps/people.ts';
import { importBdt } from './steps/reference.ts';
import { enrolOffice, expectConnected, expectDisconnected } from './steps/sync.ts';
import { enterSheet, identify, openCase, printForm, takeStep } from './steps/verification.ts';

/** What goes wrong on the way; each is ordinary in an office. */
interface Troubles {
  /** While the clerk types the family in. */
  whileTyping(): Promise<void>;
  /** Before and after the lurah legalises. */
  beforeLegalising(): Promise<void>;
  afterLegalising(): Promise<void>;
}

// Each journey is a long walk of its own: both at once, where there are two workers.
test.describe.configure({ mode: 'parallel' });

const noTroubles: Troubles = { whileTyping: nothing, beforeLegalising: nothing, afterLegalising: nothing };

test('one case goes all the way, with the keyboard alone', async ({ office, page }) => {
  const province = await startTestProvince();
  try {
    await walk(office, page, province, noTroubles);
  } finally {
    await province.stop();
  }
});

test('with the power cut once and the line down, nothing is lost and nothing twice', async ({
  office,
  page,
}) => {
  const province = await startTestProvince();
  const me = new Keyboard(page);
  const { port } = new URL(province.server.address);
  try {
    await walk(office, page, province, {
      whileTyping: async () => {
        await expect(page.getByText(/^Tersimpan /)).toBeVisible();
        await office.kill();
        await office.startAgain();
        await page.goto(office.address);
        await login(me, page, 'siti');
        await continueDraft(me, page);
      },
      beforeLegalising: async () => {
        await province.server.close();
        await expectDisconnected(page);
      },
      afterLegalising: async () => {
        await expect(page.getByRole('contentinfo').getByText(/1 menunggu kirim/)).toBeVisible();
        await province.startAnother({ port: Number(port) });
        await expectConnected(page);
      },
    });
  } finally {
    await province.stop();
  }
});

async function walk(office: Office, page: Page, province: TestProvince, troubles: Troubles): Promise<void> {
  const me = new Keyboard(page);
  const { workbook, changed } = makeKelurahan(join(office.folder, 'kelurahan'));
  const head = changed.household.members.find((member) => member.relation === '1')?.name ?? '';
  const { address } = province.server;
  let number = '';
  await page.goto(office.address);
  await test.step('1 the office is set up, its recovery sheet printed and proven', () =>
    setUpOffice(me, page));
  await test.step('2 the administrator adds staff and enrols the office', async () => {
    await addStaff(me, page);
    await enrolOffice(me, page, address, await createEnrolmentCode(province.server.pool, gambir, new Date()));
  });
  await test.step('3 a reference list comes in', async () => {
    await changeTo(me, page, 'budi', { firstTime: true });
    await importBdt(me, page, workbook, '31052024');
  });
  await test.step('4 the clerk registers a family that came to the counter', async () => {
    await changeTo(me, page, 'siti', { firstTime: true });
    await typeHousehold(me, page, changed.household);
    await expectNoComplaints(page, 'registration form');
    await troubles.whileTyping();
    number = await finishRegistration(me, page);
    await expectPaper(me, page);
  });
  await test.step('5 the lurah approves a passive registration', async () => {
    await proposePassive(me, page, 'Mbah Sastro');
    await changeTo(me, page, 'lutfi', { firstTime: true });
    await me.palette('Perlu saya tindak');
    await approveFirst(me, page, 'Mbah Sastro');
  });
  await test.step('6 the family is identified', async () => {
    await changeTo(me, page, 'budi', { firstTime: false });
    await identify(me, page, number, 'Sudah terdaftar, berubah');
    await openCase(me, page, number);
    await takeStep(me, page, 'Masukkan ke daftar sasaran', null);
    await takeStep(me, page, 'Lewati muskel', 'Muskel sudah dilaksanakan sebelum program dipakai.');
  });
  await test.step('7 the form is printed, comes back and is typed in', async () => {
    await enterSheet(me, page, await printForm(me, page), visitDay(), changed.answers);
  });
  await test.step('8 the lurah legalises the result', async () => {
    await troubles.beforeLegalising();
    await changeTo(me, page, 'lutfi', { firstTime: false });
    await toResults(me, page);
    await approveFirst(me, page, head);
    await troubles.afterLegalising();
  });
  await test.step('9 the recap counts it, and prints', async () => {
    await me.palette('Rekapitulasi');
    await expect(page.getByRole('row', { name: /Seluruhnya/ }).first()).toContainText('2');
    await expectPaper(me, page);
  });
  await test.step('10 the case stands in PostgreSQL once, and its receipt in the office', async () => {
    await openCase(me, page, number);
    await expect(page.getByText('Diterima provinsi').first()).toBeVisible();
    expect(await countRecords(province.databaseUrl)).toBe(1);
    await me.palette('Kiriman');
    await expect(page.getByRole('row', { name: new RegExp(number) })).toContainText('Diterima provinsi');
  });
}

/** What PostgreSQL holds, asked by a connection of our own: the server's may have been closed. */
async function countRecords(databaseUrl: string): Promise<number> {
  const pool = openPool(databaseUrl);
  try {
    const { rowCount } = await pool.query('SELECT 1 FROM record');
    return rowCount ?? 0;
  } finally {
    await pool.end();
  }
}

/** F4 makes the paper of the screen and shows it. */
async function expectPaper(me: Keyboard, page: Page): Promise<void> {
  const paper = page.waitForResponse('**/files/document');
  await me.press('F4');
  expect((await paper).headers()['content-type']).toBe('application/pdf');
  await expect(page.getByRole('dialog').getByRole('button', { name: /Cetak/ })).toBeVisible();
  await me.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
}

/** Today as it is typed into a date field: ddmmyyyy, in Jakarta. */
function visitDay(): string {
  const today = new Date(Date.now() + 7 * 3_600_000).toISOString();
  return `${today.slice(8, 10)}${today.slice(5, 7)}${today.slice(0, 4)}`;
}

async function nothing(): Promise<void> {}
