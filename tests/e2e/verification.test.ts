import type { Page } from '@playwright/test';
import { valueOf, questionsOf } from '../../shared/domain/instrument.ts';
import { DraftHousehold } from '../../shared/domain/draft.ts';
import { fullEntry, readyCase } from '../integration/visits.ts';
import { atAnotherDesk, colleague } from './api.ts';
import { expectNoComplaints } from './axe.ts';
import { Keyboard } from './keyboard.ts';
import { expect, Office, test } from './office.ts';

/** One training office for all: each journey takes the next case that is ready. */
let office: Office;
test.beforeAll(async () => {
  office = await Office.start('--latihan');
});
test.afterAll(() => office.remove());

async function login(page: Page, address: string): Promise<Keyboard> {
  await page.goto(address);
  await page.getByLabel('Nama pengguna').fill('verifikasi');
  await page.getByLabel('Kata sandi', { exact: true }).fill('latihan-jakarta');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('navigation', { name: 'Menu utama' })).toBeVisible();
  return new Keyboard(page);
}

async function open(page: Page, screen: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Menu utama' })
    .getByRole('link', { name: new RegExp(`^${screen}`) })
    .press('Enter');
}

const desks = {
  petugas_loket: 'loket',
  petugas_verifikasi: 'verifikasi',
  lurah: 'lurah',
  administrator: 'admin',
} as const;

/** A roof over as many families as it has heads, its Regsosek form out; made at other desks. */
async function regsosekSheet(...heads: string[]) {
  const as = (role: keyof typeof desks) => atAnotherDesk(office.address, desks[role], 'latihan-jakarta');
  const caseId = await readyCase(
    { as },
    1,
    DraftHousehold.parse({
      address: { street: 'Gg. Serumah No. 2', rt: '003', rw: '007', kelurahan: '31.71.01.1001' },
      families: heads.map((_, index) => ({ no: index + 1 })),
      members: heads.map((name, index) => ({
        id: crypto.randomUUID(),
        name,
        sex: 'L',
        birthDate: `19${60 + index}-08-17`,
        relation: index === 0 ? '1' : '8',
        familyNo: String(index + 1),
        familyRelation: '1',
      })),
    }),
  );
  const officer = await as('petugas_verifikasi');
  const form = { enumerator: 'Rina Wulandari', paper: 'F4', instrument: 'regsosek22k' } as const;
  await officer.verification.startPrint.mutate({ caseIds: [caseId], ...form });
  const { rows } = await officer.ledger.list.query({ state: 'dicetak', offset: 0, limit: 200 });
  return officer.verification.openSheet.query({
    code: rows.find((entry) => entry.caseId === caseId)?.code ?? '',
  });
}

/** Prints the form of the first case that is ready; returns the code of its sheet. */
async function printFirst(me: Keyboard, page: Page): Promise<string> {
  await open(page, 'Verifikasi');
  const list = page.getByRole('grid', { name: /Siap dicetak/ });
  await expect(list).toBeFocused();
  const name = (await list.getByRole('row').nth(1).getByRole('gridcell').nth(2).textContent()) ?? '';
  await me.press('Space', 'F4');
  await me.typeInto(page.getByRole('dialog').getByLabel('Petugas lapangan'), 'Rina Wulandari');
  await me.press('Control+Enter');
  await expect(page.getByTitle('Cetak formulir verifikasi')).toBeVisible();
  await me.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  return codeInField(page, name);
}

/** Code of the sheet of somebody, or of anybody, whose form is out. */
async function codeInField(page: Page, name?: string): Promise<string> {
  await page.getByText(/^Di lapangan/).click();
  const list = page.getByRole('grid', { name: /Di lapangan/ });
  const rows = name === undefined ? list : list.getByRole('row', { name });
  const code = rows.getByText(/^\d{4} \d{4} \d{4}$/).first();
  return ((await code.textContent()) ?? '').replaceAll(' ', '');
}

test('a scan anywhere opens its sheet, whose boxes take numbers, Enter and what is on record', async ({
  page,
}) => {
  const me = await login(page, office.address);
  const code = await printFirst(me, page);
  await open(page, 'Rekapitulasi');
  await expect(page.getByRole('heading', { name: 'Rekapitulasi', level: 1 })).toBeVisible();
  await me.scan(code);
  await expect(page.locator('#isian-visitedOn')).toBeFocused();
  await me.type('01012026');
  await me.press('Enter', 'Enter');
  await expect(page.locator('#isian-result')).toBeFocused();
  await me.type('1');
  await me.press('Enter');

  // What the paper corrects of the family stands above the visit; an empty box keeps what is printed.
  await me.press('Alt+p');
  await expect(page.locator('#isian-identity-address-street')).toBeFocused();
  await me.press('Enter');
  await me.type('0');
  await expect(page.getByText('RT adalah angka 1 sampai 999.')).toBeVisible();
  await me.press('Control+a');
  await me.type('12');
  await me.press('Alt+n');
  await expect(page.locator('[id^="isian-identity-members-"][id$="-name"]:focus')).toBeVisible();
  await me.type('Joko Susilo');
  await me.press('Enter');
  await me.type('8');
  await me.press('Enter');
  await me.type('1');
  await expect(page.getByRole('heading', { name: /Joko Susilo Lainnya/ }).first()).toBeVisible();
  await me.choose(page.getByRole('button', { name: 'Hapus baris ini' }));
  await expect(page.getByRole('heading', { name: /Joko Susilo/ })).toHaveCount(0);

  // The nine photos: an empty box says what is missing, and is led to by one key.
  await expect(page.getByText(/^Foto belum ada: .*KTP responden/)).toBeVisible();
  await me.press('Alt+f');
  await expect(page.getByRole('button', { name: 'Tambah foto KTP responden, belum ada' })).toBeFocused();
  await expectNoComplaints(page, 'corrections and photos of a visit');
  await page.locator('#isian-result').focus();
  await me.press('Enter');

  // An empty box means "as recorded": Enter takes it and goes on.
  const first = page.locator('#isian-household-sta_bangunan');
  await expect(first).toBeFocused();
  await expect(first).toHaveValue('');
  await me.press('Enter');
  await expect(first).not.toHaveValue('');
  await expect(page.locator('#isian-household-sta_lahan')).toBeFocused();

  // No toilet: Enter goes past the question about its kind.
  await page.locator('#isian-household-fasbab').focus();
  await me.type('4');
  await me.press('Enter');
  await expect(page.locator('#isian-household-kloset')).toBeDisabled();
  await expect(page.locator('#isian-household-buang_tinja')).toBeFocused();

  // A code that is not on the list says so in its place, with the codes there are.
  await page.locator('#isian-household-ada_motor').focus();
  await me.type('9');
  await expect(page.getByText('Kode 9 tidak ada. Pilihannya 3, 4.')).toBeVisible();
  await me.press('Control+a');
  await me.type('4');
  await expect(page.getByText('Kode 9 tidak ada', { exact: false })).toBeHidden();
  await expect(page.getByText(/^Tersimpan \d\d\.\d\d$/)).toBeVisible();

  // Finishing too early leads to the first box that is missing, and nothing typed is lost.
  await me.press('Control+Enter');
  await expect(page.getByText('Belum diisi.').first()).toBeVisible();
  await expect(page.locator('[id^="isian-"]:focus')).toBeVisible();
  await me.press('Escape');
  await expect(page.getByText(/Draf \d\d\.\d\d/).first()).toBeVisible();
  await me.scan(code);
  await expect(page.locator('#isian-household-ada_motor')).toHaveValue('4');
  await expect(page.locator('#isian-identity-address-rt')).toHaveValue('12');

  // A photo opens in its box, also once the entry is finished and takes nothing more.
  await me.press('Alt+f');
  const chooser = page.waitForEvent('filechooser');
  await me.press('Enter');
  await (await chooser).setFiles('resources/training/surat-rt.png');
  const photo = page.getByRole('button', { name: 'Lihat foto KTP responden' });
  await expect(photo).toBeVisible();
  await me.press('Escape');
  const desk = await atAnotherDesk(office.address, 'verifikasi', 'latihan-jakarta');
  const sheet = await desk.verification.openSheet.query({ code });
  const { sheetId } = sheet;
  const entry = { ...fullEntry(sheet), enumerator: 'Rina Wulandari' };
  const { version } = await desk.verification.save.mutate({ sheetId, version: sheet.version, entry });
  await desk.verification.finish.mutate({ sheetId, version });
  await me.scan(code);
  await expect(page.getByText('Formulir ini sudah selesai dientri')).toBeVisible();
  await me.press('Alt+f');
  await expect(photo).toBeFocused();
  await me.press('Enter');
  await expect(page.getByRole('dialog', { name: 'KTP responden' })).toBeVisible();
  await me.press('Escape');
  await expect(photo).toBeFocused();
});

test('a visit that found nobody needs one sentence, and is then read-only', async ({ page }) => {
  const me = await login(page, office.address);
  const code = await printFirst(me, page);
  await me.scan(code);
  await expect(page.locator('#isian-visitedOn')).toBeFocused();
  await me.type('01012026');
  await me.press('Enter', 'Enter');
  await me.type('3');
  await me.press('Control+Enter');
  await expect(page.getByText('Jelaskan dengan singkat mengapa tidak selesai dicacah.')).toBeVisible();
  await expect(page.locator('#isian-note')).toBeFocused();
  await me.type('Pindah ke Depok.');
  await me.press('Control+Enter');
  await expect(page.getByText(/^Formulir .* selesai$/)).toBeVisible();
  await me.scan(code);
  await expect(page.getByText('Formulir ini sudah selesai dientri')).toBeVisible();
  await expect(page.locator('#isian-note')).toBeDisabled();
});

test('two clerks at one sheet: what the colleague saved is shown and kept, the own text only offered', async ({
  page,
}) => {
  const me = await login(page, office.address);
  const code = await printFirst(me, page);
  await me.scan(code);
  await expect(page.locator('#isian-visitedOn')).toBeFocused();
  const note = page.locator('#isian-note');
  await note.focus();
  await me.type('Punya saya');
  await expect(page.getByText(/^Tersimpan /)).toBeVisible();
  const ratna = { username: 'ratna', name: 'Ratna Dewi', role: 'petugas_verifikasi' } as const;
  const desk = await colleague(office.address, ratna);
  async function colleagueSaves(theirs: string) {
    const { sheetId, version, entry } = await desk.verification.openSheet.query({ code });
    await desk.verification.save.mutate({ sheetId, version, entry: { ...entry, note: theirs } });
  }
  const saved = async () => (await desk.verification.openSheet.query({ code })).entry.note;
  await colleagueSaves('Punya rekan');

  await note.focus();
  await me.press('End');
  await me.type(' lagi');
  await me.choose(page.getByRole('button', { name: 'Buka yang tersimpan' }));
  await expect(note).toHaveValue('Punya rekan');
  await expect(page.getByText('Isian Anda yang belum tersimpan masih ada')).toBeVisible();
  await expectNoComplaints(page, 'own text set aside');

  // Typing goes on from the colleague's text; leaving and coming back still offers the own.
  await note.focus();
  await me.press('End');
  await me.type(', dicocokkan');
  await me.press('Escape');
  await expect(page.getByText(/Draf \d\d\.\d\d/).first()).toBeVisible();
  await expect.poll(saved).toBe('Punya rekan, dicocokkan');
  await me.scan(code);
  await expect(note).toHaveValue('Punya rekan, dicocokkan');
  await me.choose(page.getByRole('button', { name: 'Pakai isian saya' }));
  await expect(note).toHaveValue('Punya saya lagi');
  await expect(page.getByText('Isian Anda yang belum tersimpan masih ada')).toBeHidden();
  await expect.poll(saved).toBe('Punya saya lagi');

  // Thrown away, what the colleague saved stays.
  await colleagueSaves('Punya rekan lagi');
  await note.focus();
  await me.type('!');
  await me.choose(page.getByRole('button', { name: 'Buka yang tersimpan' }));
  await me.choose(page.getByRole('button', { name: 'Buang isian saya' }));
  await expect(page.getByText('Isian Anda yang belum tersimpan masih ada')).toBeHidden();
  await me.press('Escape');
  await expect(page.getByText(/Draf \d\d\.\d\d/).first()).toBeVisible();
  await expect.poll(saved).toBe('Punya rekan lagi');
});

test('two families under one roof are asked one after the other, and the lurah sees what each said', async ({
  page,
}) => {
  test.slow();
  const sheet = await regsosekSheet('Tarjono Wiryo', 'Lukman Hakimi');
  const me = await login(page, office.address);
  await me.scan(sheet.code);
  await expect(page.locator('#isian-visitedOn')).toBeFocused();
  await page.locator('#isian-result').focus();
  await me.type('1');
  const headings = page.getByRole('heading', { name: /^III / });
  await expect(headings).toHaveText([/keluarga 1, Tarjono Wiryo$/, /keluarga 2, Lukman Hakimi$/]);
  // Far down a block, its heading still says whose questions these are.
  const last = page.locator('#isian-families-2-505');
  await last.focus();
  const title = page.getByRole('heading', { name: /^V .* keluarga 2, Lukman Hakimi$/ });
  await expect(title).toBeInViewport({ ratio: 1 });
  await expectNoComplaints(page, 'two families');
  await page.locator('#isian-visitedOn').focus();
  await me.press('Control+a');

  // Enter alone leads from the roof through the one family, then the other, to the people.
  const answers = typedAnswers(sheet);
  const walked: string[] = [];
  await me.answerEach(({ id }) => {
    if (id === 'isian-note' || id === '') return undefined;
    walked.push(id);
    return id.startsWith('alasan-') ? 'Memang begitu' : (answers.get(id) ?? '');
  });
  const blocks = walked.flatMap((id) => /^isian-(household|families-\d|members|process)/.exec(id)?.[1] ?? []);
  expect(blocks.filter((block, index) => block !== blocks[index - 1])).toEqual([
    'household',
    'families-1',
    'families-2',
    'members',
    'process',
  ]);
  await me.press('Control+Enter');
  await expect(page.getByText(/^Formulir .* selesai$/)).toBeVisible();
  const lurah = await atAnotherDesk(office.address, 'lurah', 'latihan-jakarta');
  const { visit } = await lurah.approval.detail.query({ caseId: sheet.caseId });
  const areas = visit?.answers.filter(({ no }) => no === '302').map(({ group, answer }) => [group, answer]);
  expect(areas).toEqual([
    ['Keluarga 1, Tarjono Wiryo', '36'],
    ['Keluarga 2, Lukman Hakimi', '12'],
  ]);
});

test('a mistyped code is told from the right one before anything opens', async ({ page }) => {
  const me = await login(page, office.address);
  await open(page, 'Verifikasi');
  await expect(page.getByRole('grid')).toBeFocused();
  await me.typeInto(page.getByLabel('Kode lembar'), '000000010012');
  await me.press('Enter');
  await expect(page.getByText('Angka pemeriksanya tidak cocok.', { exact: false })).toBeVisible();
});

test('each number of the recap opens the list it counts', async ({ page }) => {
  const me = await login(page, office.address);
  await open(page, 'Rekapitulasi');
  const whole = page.getByRole('link', { name: /berkas, Seluruhnya, Jumlah$/ });
  const count = await whole.textContent();
  // One stop for Tab; the arrow keys go from number to number, past the dashes.
  await me.tabTo(page.getByRole('table').first().getByRole('link').first());
  await me.press('End');
  await expect(whole).toBeFocused();
  await me.press('ArrowUp');
  await expect(page.getByRole('link', { name: /berkas, Jumlah RW \d+, Jumlah$/ }).last()).toBeFocused();
  await me.press('ArrowDown', 'Enter');
  await expect(page.getByText(`${count ?? ''} berkas`, { exact: true })).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`verification and recap have their names, landmarks and contrast in the ${colorScheme}`, async ({
    page,
  }) => {
    // Axe walks some two hundred fields.
    test.slow();
    await page.emulateMedia({ colorScheme });
    const me = await login(page, office.address);
    await open(page, 'Verifikasi');
    await expect(page.getByRole('grid', { name: /Siap dicetak/ })).toBeFocused();
    await expectNoComplaints(page, 'work list');
    await me.press('Alt+s', 'F4');
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectNoComplaints(page, 'print dialog');
    await me.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await me.scan(await codeInField(page));
    await expect(page.locator('#isian-visitedOn')).toBeFocused();
    await page.locator('#isian-result').focus();
    await me.type('1');
    await expect(page.locator('#isian-household-lantai')).toBeVisible();
    await expectNoComplaints(page, 'entry');
    await open(page, 'Rekapitulasi');
    await expect(page.getByRole('table').first()).toBeVisible();
    await expectNoComplaints(page, 'recap');
  });
}

/** What a person types into each box of a visit that answers everything, by the id of the box. */
function typedAnswers(sheet: Awaited<ReturnType<typeof regsosekSheet>>): Map<string, string> {
  const { household, family, member, process } = sheet.instrument;
  const questions = new Map(
    [household, family, member, process].flatMap(questionsOf).map((question) => [question.id, question]),
  );
  const entry = fullEntry(sheet);
  const boxes = [
    ...Object.entries(entry.household).map(([id, answer]) => ['household', id, answer] as const),
    ...Object.entries(entry.process).map(([id, answer]) => ['process', id, answer] as const),
    ...Object.entries(entry.families).flatMap(([no, answers]) =>
      Object.entries(answers).map(([id, answer]) => [`families-${no}`, id, answer] as const),
    ),
    ...Object.entries(entry.members).flatMap(([person, answers]) =>
      Object.entries(answers).map(([id, answer]) => [`members-${person}`, id, answer] as const),
    ),
  ];
  return new Map([
    ['isian-visitedOn', '01012026'],
    ['isian-result', '1'],
    ...boxes.map(([who, id, answer]): [string, string] => [
      `isian-${who}-${id}`,
      questions.get(id)?.options.find((option) => valueOf(option) === answer)?.code ?? answer,
    ]),
    ['isian-families-1-302', '36'],
    ['isian-families-2-302', '12'],
  ]);
}
