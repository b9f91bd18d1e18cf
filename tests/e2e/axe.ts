import { expect, type Page } from '@playwright/test';
import axe from 'axe-core';

/** Nothing on the screen that shuts somebody out, by axe; `screen` says which it was. */
export async function expectNoComplaints(page: Page, screen: string): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  await page.evaluate(untilAtRest);
  const complaints = await page.evaluate(complaintsOfAxe);
  expect(complaints, screen).toEqual([]);
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
