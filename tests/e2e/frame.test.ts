import type { Page } from '@playwright/test';
import { z } from 'zod';
import { formatSheetCode } from '../../shared/domain/sheet-code.ts';
import { numberEnding } from './api.ts';
import { expectNoComplaints } from './axe.ts';
import { expect, Office, test } from './office.ts';

/** One office for all: none of these journeys changes its cases. */
let office: Office;
test.beforeAll(async () => {
  office = await Office.start('--latihan');
});
test.afterAll(() => office.remove());

const trainingPassword = 'latihan-jakarta';

async function login(page: Page, address: string, username: string): Promise<void> {
  await page.goto(address);
  await page.getByLabel('Nama pengguna').fill(username);
  await page.getByLabel('Kata sandi', { exact: true }).fill(trainingPassword);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('navigation', { name: 'Menu utama' })).toBeVisible();
}

/**
 * Types as a scanner does: all keys on their way at once, where Playwright's own typing waits for
 * the browser's answer to each.
 */
async function scan(page: Page, code: string): Promise<void> {
  const keyboard = await page.context().newCDPSession(page);
  const keys = [...code].map((digit) => ({ key: digit, code: `Digit${digit}`, text: digit }));
  const strokes = [...keys, { key: 'Enter', code: 'Enter', text: '\r' }].flatMap((key) => [
    keyboard.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key }),
    keyboard.send('Input.dispatchKeyEvent', { type: 'keyUp', key: key.key, code: key.code }),
  ]);
  await Promise.all(strokes);
}

const Listed = z.object({
  result: z.object({ data: z.looseObject({ rows: z.array(z.looseObject({})).min(1) }) }),
});
const Asked = z.looseObject({ offset: z.int(), limit: z.int() });

/** The office's own answer, its first case repeated as often as a large kelurahan has families. */
function manyCases(answer: unknown, { offset, limit }: z.infer<typeof Asked>, total: number) {
  const [first] = Listed.parse(answer).result.data.rows;
  const rows = Array.from({ length: Math.min(limit, total - offset) }, (_, at) => ({
    ...first,
    id: `berkas-${offset + at}`,
    number: String(offset + at + 1),
  }));
  return { result: { data: { total, rows } } };
}

/** Scrolls a list from end to end, then jumps about in it; counts places that show no row. */
async function scrollThrough(list: Element): Promise<number> {
  const frame = () => new Promise(requestAnimationFrame);
  const { left, top, height } = list.getBoundingClientRect();
  const head = list.querySelector('[role=row]')?.getBoundingClientRect().height ?? 0;
  const rowAt = (y: number) => document.elementFromPoint(left + 40, y)?.closest('[role=row]') ?? null;
  let empty = 0;
  async function goTo(offset: number): Promise<void> {
    list.scrollTop = offset;
    await frame();
    await frame();
    for (let y = top + head + 4; y < top + height - 8; y += head)
      if (rowAt(y)?.textContent === undefined || rowAt(y)?.textContent === '') empty += 1;
  }
  const end = list.scrollHeight - list.clientHeight;
  for (let offset = 0; offset < end; offset += 2_000) await goTo(offset);
  for (const share of [0.5, 0, 0.9, 0.1, 1]) {
    await goTo(end * share);
    await new Promise((done) => setTimeout(done, 500));
  }
  await goTo(end);
  return empty;
}

/** The number of the row at the lower end of a list. Runs in the page. */
function lastInSight(list: Element): string {
  const { left, bottom } = list.getBoundingClientRect();
  const row = document.elementFromPoint(left + 40, bottom - 12)?.closest('[role=row]');
  return row?.querySelector('[role=gridcell]')?.textContent ?? '';
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every screen of the frame has its names, landmarks and contrast, ${colorScheme}`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(office.address);
    await expect(page.getByRole('button', { name: /Petugas loket/ })).toBeVisible();
    await expectNoComplaints(page, 'login');
    await login(page, office.address, 'admin');
    await expectNoComplaints(page, 'home');
    for (const title of ['Berkas', 'Akun', 'Pengaturan']) {
      await page.getByRole('link', { name: title, exact: true }).click();
      await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
      await expectNoComplaints(page, title);
    }
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectNoComplaints(page, 'palette');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await page.keyboard.press('F9');
    await expect(page.getByText('Layar ditutup tirai')).toBeVisible();
    await expectNoComplaints(page, 'curtain');
    await page.keyboard.press('F9');
    await page.keyboard.press('Control+Alt+l');
    await expect(page.getByRole('heading', { name: 'Layar terkunci' })).toBeVisible();
    await expectNoComplaints(page, 'lock');
  });
}

test('a locked screen hides the work and gives back what was typed', async ({ page }) => {
  await login(page, office.address, 'admin');
  await page.getByRole('link', { name: 'Pengaturan', exact: true }).click();
  const team = page.getByLabel('Nama tim verifikasi');
  await team.fill('Tim Peduli Gambir');
  await page.keyboard.press('Control+Alt+l');
  await expect(page.getByRole('heading', { name: 'Layar terkunci' })).toBeVisible();
  await expect(team).toBeHidden();
  await page.getByLabel('Kata sandi', { exact: true }).fill('salah');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('tidak cocok');
  await page.getByLabel('Kata sandi', { exact: true }).fill(trainingPassword);
  await page.keyboard.press('Enter');
  await expect(team).toHaveValue('Tim Peduli Gambir');
});

test('a computer that nobody touches is locked, with what was typed behind it', async ({ page }) => {
  await page.clock.install();
  await login(page, office.address, 'admin');
  await page.getByRole('link', { name: 'Pengaturan', exact: true }).click();
  const team = page.getByLabel('Nama tim verifikasi');
  await team.fill('Tim Peduli Monas');
  const minutes = Number(await page.getByLabel('Layar terkunci setelah (menit)').inputValue());
  expect(minutes).toBeGreaterThan(1);
  await page.clock.fastForward((minutes - 1) * 60_000);
  await expect(team).toBeVisible();
  await page.clock.fastForward(61_000);
  await expect(page.getByRole('heading', { name: 'Layar terkunci' })).toBeVisible();
  await page.getByLabel('Kata sandi', { exact: true }).fill(trainingPassword);
  await page.keyboard.press('Enter');
  await expect(team).toHaveValue('Tim Peduli Monas');
});

test('a screen that crashes keeps the frame, says so, and finds what was typed', async ({ page }) => {
  await login(page, office.address, 'admin');
  await page.getByRole('link', { name: 'Berkas', exact: true }).click();
  await page.getByRole('textbox', { name: /Cari nama/ }).fill('slam');
  await page.route('**/rpc/cases.list', (route) =>
    route.fulfill({ json: { result: { data: { total: 1, rows: [null] } } } }),
  );
  await page.getByRole('link', { name: 'Beranda' }).click();
  await page.getByRole('link', { name: 'Berkas', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Layar ini terhenti' })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Menu utama' })).toBeVisible();
  await page.unroute('**/rpc/cases.list');
  await page.getByRole('button', { name: 'Coba lagi' }).click();
  await expect(page.getByRole('textbox', { name: /Cari nama/ })).toHaveValue('slam');
});

test('a scan leaves the field it fell into untouched, and a person’s digits reach it', async ({ page }) => {
  await login(page, office.address, 'admin');
  await page.getByRole('link', { name: 'Pengaturan', exact: true }).click();
  const phone = page.getByLabel('Telepon');
  await phone.fill('021');
  await phone.press('End');
  await page.keyboard.type('380', { delay: 60 });
  await expect(phone).toHaveValue('021380');
  const code = formatSheetCode({ serial: 1, print: 1 });
  // A busy machine may hand the keys over more slowly than a scanner does; then they are a person's, and scanned again.
  await expect(async () => {
    await phone.fill('021380');
    await phone.press('End');
    await scan(page, code);
    await expect(page.getByText(/petugas verifikasi/i).first()).toBeVisible({ timeout: 3000 });
    await expect(phone).toHaveValue('021380');
  }).toPass();
});

test('text of twice the size still shows the menu, the work and its first action', async ({ page }) => {
  await login(page, office.address, 'admin');
  for (let step = 0; step < 5; step += 1) await page.keyboard.press('Control+Alt+ArrowUp');
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('32px');
  await page.getByRole('link', { name: 'Akun' }).click();
  await expect(page.getByRole('button', { name: 'Tambah akun' })).toBeInViewport();
  expect(await sideways(page)).toBe(0);
});

test('no screen of the officer or the lurah is wider than the window at twice the size', async ({ page }) => {
  for (const username of ['verifikasi', 'lurah']) {
    await login(page, office.address, username);
    for (let step = 0; step < 5; step += 1) await page.keyboard.press('Control+Alt+ArrowUp');
    const menu = page.getByRole('navigation', { name: 'Menu utama' });
    const links = menu.getByRole('link');
    for (const link of await links.all()) {
      const path = (await link.getAttribute('href')) ?? '';
      await link.click();
      await expect(page).toHaveURL((url) => url.pathname.startsWith(path));
      await expect(page.getByRole('heading', { level: 1 })).toBeInViewport();
      expect(await sideways(page), path).toBe(0);
    }
    expect(await menu.evaluate((nav) => nav.scrollWidth - nav.clientWidth)).toBe(0);
    await page.keyboard.press('Control+Alt+l');
  }
});

/** By how many pixels the page can be scrolled sideways. */
function sideways(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

test('Esc closes one thing at a time: the dialog, the open list, then the case', async ({ page }) => {
  await login(page, office.address, 'verifikasi');
  await page.getByRole('link', { name: 'Berkas', exact: true }).click();
  const list = page.getByRole('grid', { name: 'Daftar berkas' });
  await expect(list.getByRole('row').nth(1)).toBeVisible();
  await expect(list).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const close = page.getByRole('button', { name: 'Tutup', exact: true });
  await expect(close).toBeVisible();
  await page.keyboard.press('Shift+?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(close).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(list).toBeFocused();
  await page.getByRole('combobox', { name: 'Keadaan' }).or(page.getByLabel('Keadaan')).first().click();
  await expect(page.getByRole('listbox').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('listbox').first()).toBeHidden();
  await expect(list).toBeVisible();
});

test('a list of 20,000 is scrolled end to end, and jumped through, without an empty row', async ({
  page,
}) => {
  await login(page, office.address, 'verifikasi');
  let first: Promise<unknown> | null = null;
  await page.route('**/rpc/cases.list', async (route) => {
    const asked = Asked.parse(route.request().postDataJSON());
    first ??= route.fetch({ postData: { ...asked, offset: 0 } }).then((answer) => answer.json());
    await route.fulfill({ json: manyCases(await first, asked, 20_000) });
  });
  await page.getByRole('link', { name: 'Berkas', exact: true }).click();
  const list = page.getByRole('grid', { name: 'Daftar berkas' });
  await expect(list).toHaveAttribute('aria-rowcount', '20001');
  expect(await list.evaluate(scrollThrough), 'places without a row').toBe(0);
  await expect.poll(() => list.evaluate(lastInSight)).toBe('20000');
});

/** A list of 1000 in which the last is at hand, and Enter was pressed; it is fetched once `answer` is called. */
async function enterOnTheLast(page: Page) {
  await login(page, office.address, 'verifikasi');
  let first: Promise<unknown> | null = null;
  let answer = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route('**/rpc/cases.list', async (route) => {
    const asked = Asked.parse(route.request().postDataJSON());
    first ??= route.fetch({ postData: { ...asked, offset: 0 } }).then((given) => given.json());
    const json = manyCases(await first, asked, 1000);
    if (asked.offset > 200) await held;
    await route.fulfill({ json });
  });
  await page.getByRole('link', { name: 'Berkas', exact: true }).click();
  const list = page.getByRole('grid', { name: 'Daftar berkas' });
  await expect(list).toHaveAttribute('aria-rowcount', '1001');
  await expect(list).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  return { list, answer };
}

test('Enter waits for a row that is being fetched', async ({ page }) => {
  const { answer } = await enterOnTheLast(page);
  answer();
  await expect(page).toHaveURL(/berkas-999$/);
});

test('Enter waits for no row once a click came between', async ({ page }) => {
  const { list, answer } = await enterOnTheLast(page);
  await list.getByRole('columnheader').first().click();
  await expect(list).toBeFocused();
  answer();
  await expect(list.locator('[aria-rowindex="1001"]')).toBeVisible();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/berkas-998$/);
  await page.goBack();
  await expect(page).toHaveURL(/cases$/);
});

test('Enter does not wait for cases that are still to be ranked', async ({ page }) => {
  await login(page, office.address, 'verifikasi');
  let ranked = false;
  let first: Promise<unknown> | null = null;
  await page.route('**/rpc/identification.queue', async (route) => {
    if (ranked) return await route.continue();
    first ??= route.fetch().then((answer) => answer.json());
    const { result } = z
      .looseObject({ result: z.looseObject({ data: z.looseObject({}) }) })
      .parse(await first);
    const none = { ...result.data, total: 0, rows: [], unranked: 3, ranking: true };
    await route.fulfill({ json: { result: { data: none } } });
  });
  // Once the counts are there, the link's name also says how many wait.
  await page.getByRole('link', { name: /^Pemadanan/ }).click();
  await expect(page.getByText('Mengurutkan 3 berkas lagi')).toBeVisible();
  const list = page.getByRole('main').getByRole('grid');
  await list.focus();
  await page.keyboard.press('Enter');
  ranked = true;
  await expect(list.getByRole('row').nth(2)).toBeVisible();
  await expect(list).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/identification\/./);
  await page.goBack();
  await expect(page).toHaveURL(/identification$/);
});

test('a household of six is typed from paper with one key a field beside what is written', async ({
  page,
}) => {
  await login(page, office.address, 'loket');
  await page.keyboard.press('F2');
  await expect(page.getByLabel('Alamat', { exact: true })).toBeFocused();
  const head = ['Jl. Petojo Sabangan 4', '3', '7', '', '3171011203150088'];
  const born = ['0108', '4208', '0309', '4410', '0511', '4612'];
  const members = born.map((day, at) => ({
    NIK: `317101${day}${90 + at}008${at}`,
    'Nama lengkap': ['Saripudin', 'Rokayah', 'Jajang', 'Titin', 'Ujang', 'Entin'][at] ?? '',
    'Jenis kelamin': String((at % 2) + 1),
    'Tanggal lahir': '',
    'Tempat lahir': 'Jakarta',
    'Hubungan dengan kepala rumah tangga': ['1', '2', '3', '3', '3', '3'][at] ?? '',
    'Nama ibu kandung': `Ibu ${'ABCDEF'[at]}`,
  }));
  const labels = () =>
    page.evaluate(() => {
      const field = document.activeElement;
      return field instanceof HTMLInputElement ? (field.labels?.[0]?.textContent ?? '') : '';
    });
  /** The one key must lead to the next field: what has the focus is what is typed next. */
  async function field(label: string, text: string, then: string): Promise<void> {
    await expect.poll(labels).toBe(label);
    // Digits may be a scanner's, which nobody waits for: a person is slower than one.
    for (const letter of text) await page.keyboard.type(letter, { delay: /^\d/.test(text) ? 40 : 5 });
    await page.keyboard.press(then);
  }
  for (const [at, label] of ['Alamat', 'RT', 'RW', 'Telepon', 'No KK'].entries())
    await field(label, head[at] ?? '', 'Enter');
  for (const [at, member] of members.entries())
    for (const [label, text] of Object.entries(member))
      await field(label, text, label === 'Nama ibu kandung' && at < 5 ? 'Alt+t' : 'Enter');
  await expect(page.getByText('Siap didaftarkan')).toBeVisible();
  await expect(page.getByText(/^Tersimpan /)).toBeVisible();
});

test('Enter right behind the words opens the best case, also before it is found', async ({ page }) => {
  await login(page, office.address, 'verifikasi');
  const palette = page.getByRole('dialog', { name: /^Cari nama/ });
  const [year = ''] = /\d{4}(?=\/000001$)/.exec(await numberEnding(office.address, '/000001')) ?? [];
  // At once, while the digits are still held for a scanner, and while they are searched for.
  for (const milliseconds of [0, 100, 250]) {
    await page.keyboard.press('Control+k');
    await expect(palette.getByRole('textbox')).toBeFocused();
    await page.keyboard.type(`${year}/`, { delay: 5 });
    await expect(palette.getByText(`${year}/0000`).first()).toBeVisible();
    await page.keyboard.type('000001', { delay: 5 });
    await page.waitForTimeout(milliseconds);
    await page.keyboard.press('Enter');
    await expect(palette).toBeHidden();
    await expect(page.getByRole('main').getByText(`${year}/000001`).first()).toBeVisible();
    await page.keyboard.press('Escape');
  }
});
