import { expect, type Page } from '@playwright/test';
import axe from 'axe-core';

/** Nothing on the screen that shuts somebody out, by axe and by the room that fields have; `screen` says which it was. */
export async function expectNoComplaints(page: Page, screen: string): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  await page.evaluate(untilAtRest);
  const complaints = await page.evaluate(complaintsOfAxe);
  expect([...complaints, ...(await page.evaluate(crampedFields))], screen).toEqual([]);
}

/** Until what was asked for is drawn: a colour on its way to another has a contrast of its own. */
async function untilAtRest(): Promise<void> {
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const ends = document
    .getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
    .map(({ finished }) => finished.catch(() => undefined));
  await Promise.all(ends);
}

/** Every rule of axe. The only frames are those of a PDF, which it cannot read. Runs in the page. */
async function complaintsOfAxe(): Promise<string[]> {
  const { axe: inPage } = window as unknown as { axe: typeof axe };
  const { violations } = await inPage.run(document, { iframes: false, resultTypes: ['violations'] });
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}

/** Fields too narrow for three digits, or cut off at the side of the section that holds them. Runs in the page. */
function crampedFields(): string[] {
  const fields = document.querySelectorAll<HTMLElement>(
    'textarea, input:not([type=hidden], [type=checkbox], [type=radio], [type=file])',
  );
  return [...fields].flatMap((field) => {
    if (!field.checkVisibility()) return [];
    const { width, right } = field.getBoundingClientRect();
    const name = field.id || field.getAttribute('aria-label') || field.outerHTML.slice(0, 80);
    const holder = field.closest('fieldset, section, [role=dialog], main');
    const edge = holder?.getBoundingClientRect().right ?? Infinity;
    if (width < 40) return [`narrow field: ${name}, ${Math.round(width)} px`];
    return right > edge + 1 ? [`field cut off: ${name}, by ${Math.round(right - edge)} px`] : [];
  });
}
