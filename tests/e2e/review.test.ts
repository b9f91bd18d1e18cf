import type { Page } from '@playwright/test';
import { atAnotherDesk, numberEnding } from './api.ts';
import { expectNoComplaints } from './axe.ts';
import { Keyboard } from './keyboard.ts';
import { expect, Office, test } from './office.ts';
import { login } from './steps/people.ts';
import { openCase } from './steps/verification.ts';

/** One family of the training office in two cases; its seed makes the same ones on the same day, that of `day.ts`. */
const twice = { first: '/000007', second: '/000043' };

let office: Office;
test.beforeAll(async () => {
  office = await Office.start('--latihan');
});
test.afterAll(() => office.remove());

const numberOf = (ending: string) => numberEnding(office.address, ending);

/** A clerk corrects a case at another desk. */
async function correctPhone(number: string, phone: string): Promise<void> {
  const clerk = await atAnotherDesk(office.address, 'loket', 'latihan-jakarta');
  const { rows } = await clerk.cases.list.query({ filter: {}, offset: 0, limit: 200 });
  const caseId = rows.find((row) => row.number === number)?.id ?? '';
  const { id: draftId, version, body } = await clerk.intake.correct.mutate({ caseId });
  const saved = await clerk.intake.save.mutate({ draftId, version, body: { ...body, phone } });
  await clerk.intake.register.mutate({ draftId, version: saved.version });
}

async function enter(page: Page): Promise<Keyboard> {
  const me = new Keyboard(page);
  await page.goto(office.address);
  await login(me, page, 'verifikasi', 'latihan-jakarta');
  await expect(page.getByRole('navigation', { name: 'Menu utama' })).toBeVisible();
  return me;
}

test('two cases of one family become one by choices field by field, and two again', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  const [first, second] = [await numberOf(twice.first), await numberOf(twice.second)];
  const me = await enter(page);
  await openCase(me, page, second);
  await me.choose(page.getByRole('link', { name: `Bandingkan dengan berkas ${first}` }));
  await expect(page.getByRole('heading', { name: 'Gabungkan dua berkas' })).toBeVisible();
  const fields = page.getByRole('group', { name: 'Isian yang berbeda' });
  const address = fields.getByRole('radiogroup', { name: /Alamat/ });
  // The first field that differs has the focus already.
  await expect(address.getByRole('radio', { checked: true })).toBeFocused();
  // Who is who stands before it: taken apart, both would stay; then they are one again.
  const person = page.getByRole('group', { name: 'Siapa orang yang sama' }).getByRole('combobox').last();
  const comesAlong = page.getByRole('checkbox', { name: /ikut masuk/ });
  await me.press('Shift+Tab');
  await expect(person).toBeFocused();
  const [before, strangers] = [await person.inputValue(), await comesAlong.count()];
  await me.press('Home');
  await expect(comesAlong).toHaveCount(strangers + 1);
  while ((await person.inputValue()) !== before) await me.press('ArrowDown');
  await expect(comesAlong).toHaveCount(strangers);
  await me.press('Tab');
  await expect(address.getByRole('radio', { checked: true })).toBeFocused();
  await me.press('ArrowRight');
  await expect(address.getByRole('radio', { name: 'Gg. Samping Musala' })).toBeChecked();
  await expectNoComplaints(page, 'merging, dark');
  await page.screenshot({ path: 'tests/.output/merge-dark.png' });

  // Corrected meanwhile: the merge is refused, the screen compares anew, and what was chosen stands.
  await correctPhone(first, '081200001234');
  await me.press('Control+Enter');
  await expect(page.getByText(/sudah diubah oleh/)).toBeVisible();
  await expect(fields.getByRole('radiogroup', { name: /Telepon/ })).toContainText('081200001234');
  await expect(address.getByRole('radio', { name: 'Gg. Samping Musala' })).toBeChecked();
  await me.press('Control+Enter');
  // The journal below tells it too, once it is there.
  await expect(page.getByRole('link', { name: `Berkas ${second} masuk ke sini` })).toBeVisible();
  await expect(page.getByText(/Gg. Samping Musala/).first()).toBeVisible();

  // What the family says is recorded at the case that stays.
  const consent = page.getByRole('button', { name: /^Catat persetujuan/ });
  await expect(consent).toBeVisible();
  await me.choose(page.getByRole('link', { name: `Berkas ${second} masuk ke sini` }));
  const kept = page.getByRole('link', { name: `Berkas ini masuk ke berkas ${first}` });
  await expect(kept).toBeVisible();
  await expect(consent).toBeHidden();
  await me.choose(kept);
  await expect(consent).toBeVisible();

  await me.choose(page.getByRole('button', { name: 'Pisahkan lagi' }));
  await me.typeInto(page.getByRole('dialog').getByRole('textbox'), 'Ternyata dua keluarga');
  await me.press('Control+Enter');
  await expect(page.getByText('Kedua berkas berdiri sendiri lagi')).toBeVisible();
  await expect(page.getByText(/Gg. Rawa Indah III/).first()).toBeVisible();
  await expectNoComplaints(page, 'case, dark');
});

test('pairs are judged with J, T and L; a "bukan" keeps its reason through undoing and matching again', async ({
  page,
}) => {
  const me = await enter(page);
  await me.palette('Pemadanan');
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await me.press('F8');
  const finish = page.getByRole('button', { name: /Tetapkan hasil/ });
  await expect(finish).toBeVisible();
  const head = (await page.getByRole('heading', { level: 1 }).textContent()) ?? '';
  const why = page.getByRole('textbox', { name: /Mengapa bukan orang yang sama/ });
  const pair = page.getByRole('table', { name: / – / });
  const pairs = page.getByRole('navigation', { name: 'Pasangan' });
  const shown = async () => (await pair.getAttribute('aria-label')) ?? '';
  /** Presses the key of a verdict, again where the pair came up so recently that it is not taken yet. */
  const judge = async (key: 'j' | 't', isTaken: () => Promise<boolean>) =>
    expect(async () => {
      if (!(await isTaken())) await me.press(key);
      await expect.poll(isTaken, { timeout: 1000 }).toBe(true);
    }).toPass({ timeout: 60_000 });
  const heading = page.getByRole('heading', { level: 1 });
  const goToCase = async () => {
    for (let step = 0; step < 8 && (await heading.textContent()) !== head; step += 1) {
      const before = (await heading.textContent()) ?? '';
      await me.press('F8');
      await expect(heading).not.toHaveText(before);
    }
    await expect(heading).toHaveText(head);
  };
  const goToPair = async (name: string) => {
    for (let step = 0; step < 12 && (await shown()) !== name; step += 1) {
      const before = await shown();
      await me.press('l');
      await expect(pair).not.toHaveAccessibleName(before);
    }
    await expect(pair).toHaveAccessibleName(name);
  };
  const first = await shown();
  // What differs is marked letter by letter; the reasons open with a key, and where they can be read.
  await expect(page.locator('main').locator('ins, del').first()).toBeVisible();
  await me.tabTo(page.getByText('Mengapa program berpendapat begitu?'));
  await me.press('Enter');
  await expect(page.getByText(/1 dari [\d.]+ orang/).first()).toBeInViewport();

  await me.press('l');
  await expect(pair).not.toHaveAccessibleName(first);
  const judged = await shown();
  await judge('j', () => page.getByRole('button', { name: /Urungkan/ }).isVisible());
  await me.press('Control+z');
  await expect(pair).toHaveAccessibleName(judged);
  await judge('t', () => why.isVisible());
  await me.typeInto(why, 'Kakaknya, sudah pindah');
  await me.press('Enter');
  // The case is left half judged: what was said waits.
  await me.press('Escape');
  await expect(finish).toBeHidden();
  await goToCase();
  await goToPair(judged);
  await expect(why).toHaveValue('Kakaknya, sudah pindah');
  await me.press('l');
  await expect(pair).not.toHaveAccessibleName(judged);
  for (let open = 0; open < 12 && (await finish.isDisabled()); open += 1) {
    const before = await shown();
    await judge('j', async () => (await finish.isEnabled()) || (await shown()) !== before);
    await expect(pairs.locator('[aria-current]')).toBeInViewport({ ratio: 1 });
  }
  // The very next key, before the decision is answered and the screen knows what can be taken back.
  await page.route('**/rpc/identification.decide', async (route) => {
    await me.press('Control+z');
    await route.continue();
  });
  await me.press('Control+Enter');
  await expect(page.getByText(`${head}: `)).toBeVisible();
  await expect(page.getByText('jawaban Anda masih ada')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: head })).toBeVisible();
  await page.unroute('**/rpc/identification.decide');

  await me.press('Control+Enter');
  await expect(page.getByRole('button', { name: /Urungkan/ })).toBeVisible();
  await me.press('Control+z');
  await expect(page.getByRole('heading', { level: 1, name: head })).toBeVisible();
  await me.press('Escape');
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await me.press('Alt+j');
  await expect(
    page.getByRole('status').filter({ hasText: /(\d+) dari \1 berkas sudah dipadankan/ }),
  ).toBeVisible();
  // What is doubtful stands first, now that all are matched.
  await goToCase();
  await goToPair(judged);
  await expect(why).toHaveValue('Kakaknya, sudah pindah');
});

test('what was judged before a colleague corrected the case is asked once more, its answers and reasons still there', async ({
  page,
}) => {
  const me = await enter(page);
  await me.palette('Pemadanan');
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await me.press('F8');
  const finish = page.getByRole('button', { name: /Tetapkan hasil/ });
  await expect(finish).toBeVisible();
  const number =
    (await page
      .getByRole('link', { name: /\/\d{6}$/ })
      .first()
      .textContent()) ?? '';
  const pairs = page.getByRole('navigation', { name: 'Pasangan' });
  const open = pairs.getByRole('button').filter({ hasText: /Belum diputuskan|lihat lagi/ });
  const why = page.getByRole('textbox', { name: /Mengapa bukan orang yang sama/ });
  /** Judges the pair that is shown; the key is pressed again where the pair came up too recently. */
  const judge = async (key: 'j' | 't') => {
    const left = await open.count();
    await expect(async () => {
      if ((await open.count()) === left) await me.press(key);
      await expect(open).not.toHaveCount(left, { timeout: 600 });
    }).toPass();
  };
  await judge('t');
  const refused = pairs.getByRole('button').filter({ hasText: 'Bukan' });
  await me.choose(refused);
  await me.typeInto(why, 'Iparnya');
  await me.press('Enter');
  while ((await open.count()) > 0) await judge('j');
  await expect(finish).toBeEnabled();

  await correctPhone(number, '081298765432');
  await me.press('Control+Enter');
  const changed = page.getByRole('status').filter({ hasText: 'berubah sesudah Anda menjawab' });
  await expect(changed).toBeVisible();
  await expect(finish).toBeDisabled();
  await expectNoComplaints(page, 'judged before it changed');
  await expect(why).toHaveValue('Iparnya');
  await judge('t');
  while ((await open.count()) > 0) await judge('j');
  await expect(changed).toBeHidden();
  await expect(finish).toBeEnabled();
  await me.press('Control+Enter');
  await expect(page.getByText('Ctrl+Z mengurungkannya.')).toBeVisible();
});

test('two numbers of a finding are told apart and shown on request; after the last one the list has the keyboard', async ({
  page,
}) => {
  const me = await enter(page);
  await me.palette('Temuan');
  const kind = page
    .getByRole('navigation', { name: 'Jenis temuan' })
    .getByRole('button', { name: /^NIK berbeda/ });
  await expect(kind).toBeVisible();
  // All have been looked at: nothing comes into the list by itself any more.
  await expect(page.getByText(/^Yang tidak cocok antara berkas/)).toBeVisible();
  /** The office answers with the list only once it is let. */
  let answer = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route('**/rpc/finding.list', async (route) => {
    await held;
    await route.continue();
  });
  await me.choose(kind);
  await expect(kind).toHaveAttribute('aria-current', 'true');
  const list = page.getByRole('grid', { name: 'Daftar temuan' });
  await me.tabTo(list);
  // Quicker than the office: what is opened comes with the list.
  await me.press('Enter');
  answer();
  const detail = page.getByRole('region', { name: 'NIK berbeda' });
  await expect(detail.getByText('1 dari 16 angka')).toBeVisible();
  await expect(detail.getByText('•').first()).toBeVisible();
  await me.press('Alt+n');
  await expect(detail.getByText('•')).toHaveCount(0);
  await me.press('Alt+n');
  await expect(detail.getByText('•').first()).toBeVisible();
  await expect(detail.getByRole('radio').first()).toBeFocused();
  // Enter moves on, from how it ended to the note.
  await me.press('Space', 'Enter');
  await expect(detail.getByRole('textbox', { name: /Catatan/ })).toBeFocused();
  await me.type('KTP-el dilihat');
  await me.press('Control+Enter');
  await expect(page.getByText('Tidak ada temuan')).toBeVisible();
  await expect(list).toBeFocused();
});

test('a kind of finding is a worklist with a remedy, and leaves as a locked workbook with its purpose on record', async ({
  page,
}) => {
  const me = await enter(page);
  await me.palette('Temuan');
  const kinds = page.getByRole('navigation', { name: 'Jenis temuan' });
  const kind = kinds.getByRole('button', { name: /^Nama berbeda/ });
  await me.choose(kind);
  await expect(kind).toHaveAttribute('aria-current', 'true');
  // The keyboard stays where the kind was chosen, so that the next is one key away.
  await expect(kind).toBeFocused();
  await expect(page.getByRole('row', { name: /Nama berbeda/ }).first()).toBeVisible();
  await expect(kind).toBeFocused();
  const list = page.getByRole('grid', { name: 'Daftar temuan' });
  await me.tabTo(list);
  await me.press('Enter');
  const detail = page.getByRole('region', { name: 'Nama berbeda' });
  await expect(detail.getByText('Yang dapat dilakukan')).toBeVisible();
  for (const name of ['Selesaikan', 'Kembali']) {
    const button = detail.getByRole('button', { name });
    await expect(button).toBeInViewport({ ratio: 1 });
    const label = button.getByText(name, { exact: true });
    expect(await label.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)).toBe(true);
  }
  const note = detail.getByRole('textbox', { name: /Catatan/ });
  await me.press('Space');
  await me.typeInto(note, 'Ejaan KTP-el sudah dilihat');
  // Closed, passed over for another one, left for the case: what was typed is there again.
  await me.press('Escape');
  await expect(list).toBeFocused();
  await me.press('End', 'Enter');
  await expect(note).toHaveValue('');
  await me.press('Escape', 'Home', 'Enter');
  await expect(note).toHaveValue('Ejaan KTP-el sudah dilihat');
  await me.press('Alt+t');
  await expect(detail).toBeHidden();

  await me.palette('Temuan');
  await me.choose(kind);
  await me.tabTo(list);
  await me.press('Home', 'Enter');
  await expect(note).toHaveValue('Ejaan KTP-el sudah dilihat');
  await expect(detail.getByRole('radio').first()).toBeChecked();
  await me.press('Control+Enter');
  await expect(page.getByText('Temuan diselesaikan')).toBeVisible();

  await me.press('Alt+x');
  const dialog = page.getByRole('dialog', { name: 'Ekspor ke Excel' });
  await me.typeInto(dialog.getByRole('textbox', { name: /Keperluan/ }), 'Perbaikan nama oleh Dukcapil');
  await me.typeInto(dialog.getByRole('textbox', { name: /Penerima/ }), 'Dukcapil Gambir');
  await me.press('Control+Enter');
  const save = dialog.getByRole('button', { name: /Simpan berkas/ });
  await expect(save).toBeVisible({ timeout: 20_000 });
  const downloading = page.waitForEvent('download');
  await me.choose(save);
  expect((await downloading).suggestedFilename()).toMatch(/\.xlsx$/);
  const officer = await atAnotherDesk(office.address, 'verifikasi', 'latihan-jakarta');
  expect((await officer.exports.log.query())[0]).toMatchObject({
    kind: 'temuan',
    purpose: 'Perbaikan nama oleh Dukcapil',
    recipient: 'Dukcapil Gambir',
  });
});
