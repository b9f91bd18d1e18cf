import { randomUUID } from 'node:crypto';
import type { Page, TestInfo } from '@playwright/test';
import type { Client } from '../integration/office.ts';
import { openPool } from '../provincial-server/database.ts';
import { publish } from '../provincial-server/down.ts';
import { createEnrolmentCode, revokeOffice } from '../provincial-server/offices.ts';
import { changeCase } from '../provincial-server/province-cases.ts';
import { startTestProvince } from '../provincial-server/testing.ts';
import { atAnotherDesk } from './api.ts';
import { expectNoComplaints } from './axe.ts';
import { Keyboard } from './keyboard.ts';
import { expect, test } from './office.ts';
import { login } from './steps/people.ts';
import { openCase } from './steps/verification.ts';

const password = 'latihan-jakarta';

test('what the province and the office do not agree on is decided and mended, with the keyboard alone', async ({
  trainingOffice,
  page,
}, info) => {
  const province = await startTestProvince();
  const pool = openPool(province.databaseUrl);
  const { port } = new URL(province.server.address);
  const desk = (username: string) => atAnotherDesk(trainingOffice.address, username, password);
  try {
    const admin = await desk('admin');
    const clerk = await desk('loket');
    const area = (await admin.session.current.query()).office.code;
    const code = await createEnrolmentCode(pool, area, new Date());
    const began = new Date().toISOString();
    await admin.sync.enrol.mutate({ address: province.server.address, code });
    // The office was made with cases whose receipts are from nowhere; these are the ones it really sends.
    const accepted = async () => {
      const { rows } = await admin.sync.list.query({ part: 'diterima', offset: 0, limit: 200 });
      const sent = rows.filter(({ receipt }) => (receipt?.receivedAt ?? '') > began);
      const cases = await Promise.all(sent.map(({ caseId }) => clerk.cases.get.query({ caseId })));
      return sent.filter((_, index) => cases[index]?.case.state === 'DITERIMA');
    };
    await expect.poll(async () => (await accepted()).length).toBeGreaterThanOrEqual(3);
    const [clashing, tasked, decided] = await accepted();
    if (clashing === undefined || tasked === undefined || decided === undefined)
      throw new Error('The training office has three legalised cases.');
    const { members } = (await clerk.cases.get.query({ caseId: tasked.caseId })).case.household;
    const member = members.findLast(({ nik }) => nik !== null);

    // The line is down: both sides change the RT, and the province asks for a NIK and decides.
    await province.server.close();
    await correctRt(clerk, await desk('lurah'), clashing.caseId, '21');
    await changeCase(
      pool,
      {
        caseId: clashing.caseId,
        edits: [{ path: 'household.address.rt', value: 17 }],
        by: 'Dinas Dukcapil',
        reason: 'Padan Dukcapil',
      },
      new Date(),
    );
    const items: [kind: string, body: Record<string, unknown>][] = [
      [
        'record.rejected',
        {
          caseId: tasked.caseId,
          key: null,
          code: 'nik_ganda',
          field: `members.${member?.id}.nik`,
          sentence: 'NIK ini juga tercatat pada keluarga lain. Periksa KTP atau KK-nya.',
          by: 'Dinas Sosial',
        },
      ],
      [
        'decision.penetapan',
        {
          caseId: decided.caseId,
          periodId: '2026-11',
          outcome: 'ditetapkan',
          decree: 'Kepgub 400/2026',
          decidedOn: '2026-11-09',
          note: null,
        },
      ],
      [
        'setting.published',
        {
          setting: 'aturan_program',
          id: 'kjp',
          version: '1',
          title: 'KJP Plus',
          effectiveFrom: '2026-01-01',
          content: {
            program: { id: 'kjp', name: 'KJP Plus' },
            sentences: ['Anak usia 6 sampai 21 tahun yang bersekolah.', 'Keluarga berdomisili di Jakarta.'],
          },
        },
      ],
      [
        'setting.published',
        {
          setting: 'model_skor',
          id: 'pmt',
          version: '3',
          title: 'PMT 2026',
          effectiveFrom: '2026-01-01',
          content: { weights: { lantai: 2.5 } },
        },
      ],
    ];
    for (const [kind, body] of items)
      await publish(pool, { id: randomUUID(), to: { area }, kind, issuedAt: new Date(), body });
    await province.startAnother({ port: Number(port) });
    await expect
      .poll(async () => {
        // News is looked for once a minute; a person who cannot wait presses the button.
        await admin.sync.retryNow.mutate();
        return (await clerk.attention.list.query()).map(({ kind }) => kind);
      })
      .toEqual(['pertentangan', 'ditolak', 'tugas']);

    const me = new Keyboard(page);
    await page.goto(trainingOffice.address);
    await login(me, page, 'loket', password);
    await me.palette('Perlu perhatian');
    const task = page.getByRole('article', { name: /^Tugas dari provinsi/ });
    const clash = page.getByRole('article', { name: /^Isian berbeda/ });
    await expect(task).toContainText('NIK ini juga tercatat pada keluarga lain.');
    await expect(task).toContainText('Dinas Sosial');
    for (const said of ['Kantor: 21', 'Provinsi: 17', 'Dinas Dukcapil'])
      await expect(clash).toContainText(said);
    await look(page, info, 'perlu-perhatian');

    await me.choose(task.getByRole('button', { name: 'Perbaiki isian' }));
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('value')?.replaceAll(' ', '')))
      .toMatch(shownAs(member?.nik ?? ''));
    await look(page, info, 'isian-yang-diminta');

    await me.palette('Perlu perhatian');
    const refused = page.getByRole('article', { name: /^Ditolak provinsi/ });
    await expect(refused).toContainText('No KK ini sudah terdaftar pada rumah tangga lain');
    await expect(refused).toContainText('No KK keluarga ke-1');
    await me.choose(refused.getByRole('button', { name: 'Perbaiki isian' }));
    await expect(page.getByLabel(/^No KK/).first()).toBeFocused();

    await page.goto(trainingOffice.address);
    await login(me, page, 'verifikasi', password);
    await me.palette('Perlu perhatian');
    await me.tabTo(clash.getByRole('radio', { name: /^Kantor: 21/ }));
    await me.press('Space', 'ArrowRight');
    await expect(clash.getByRole('radio', { name: /^Provinsi: 17/ })).toBeChecked();
    await me.press('ArrowLeft');
    await expect(clash.getByRole('radio', { name: /^Kantor: 21/ })).toBeChecked();
    await me.press('Control+Enter');
    await expect(clash).toBeHidden();
    await expect
      .poll(async () => {
        const held = await pool.query('SELECT rt FROM province_case WHERE case_id = $1', [clashing.caseId]);
        return held.rows[0].rt;
      })
      .toBe(21);

    await me.palette('Kiriman');
    const news = page.getByRole('region', { name: 'Berita dari provinsi' });
    await me.choose(news.getByText('Isi KJP Plus'));
    await expect(news.getByText('Anak usia 6 sampai 21 tahun yang bersekolah.')).toBeVisible();
    await look(page, info, 'berita-dari-provinsi');

    await openCase(me, page, decided.number);
    await expect(page.getByText('Ditetapkan dengan Kepgub 400/2026 tanggal 09-11-2026')).toBeVisible();
    await look(page, info, 'putusan-provinsi');

    const { rows: enrolled } = await pool.query('SELECT id FROM office');
    await revokeOffice(pool, enrolled[0].id, new Date());
    await admin.sync.retryNow.mutate();
    await me.palette('Kiriman');
    await expect(
      page.getByText(/Pendaftaran kantor ini dicabut oleh provinsi\. Hubungi provinsi/),
    ).toBeVisible();
    await look(page, info, 'kantor-dicabut');
  } finally {
    await pool.end();
    await province.stop();
  }
});

async function correctRt(clerk: Client, lurah: Client, caseId: string, rt: string): Promise<void> {
  const draft = await clerk.intake.correct.mutate({ caseId });
  const body = {
    ...draft.body,
    address: { ...draft.body.address, rt },
    correctionNote: 'Salah tulis di loket',
  };
  const { version } = await clerk.intake.save.mutate({ draftId: draft.id, version: draft.version, body });
  await clerk.intake.register.mutate({ draftId: draft.id, version });
  const waiting = await lurah.period.corrections.query({ caseId });
  const correctionId = waiting.find(({ state }) => state === 'diajukan')?.id ?? '';
  await lurah.period.decide.mutate({ correctionId, approve: true, answer: '' });
}

/** Axe in light and dark, and a picture on both sizes of screen. */
async function look(page: Page, info: TestInfo, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectNoComplaints(page, `${name} ${colorScheme}`);
    await page.screenshot({ path: info.outputPath(`${name}-${colorScheme}.png`) });
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.screenshot({ path: info.outputPath(`${name}-1920.png`) });
  await page.setViewportSize({ width: 1366, height: 768 });
}

/** What a masked number looks like once it stands whole in its field. */
function shownAs(masked: string): RegExp {
  return new RegExp(`^${masked.replaceAll(' ', '').replaceAll('•', '\\d')}$`);
}
