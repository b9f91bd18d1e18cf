import { expect, type Locator, type Page } from '@playwright/test';

/** Longest walk with Tab that a person is asked to make. */
const farthest = 60;
/** Most fields a form is walked through. */
const mostFields = 400;

/** Where the cursor stands; the label is empty where that is no field. */
export interface FieldInFocus {
  id: string;
  label: string;
  isEmpty: boolean;
}

/** A person without a mouse: everything a journey does goes through here. */
export class Keyboard {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      await this.#untilAsked();
      await this.page.keyboard.press(key);
    }
  }

  /** A question takes the focus a moment after it shows; no person answers it sooner. */
  async #untilAsked(): Promise<void> {
    const deadline = Date.now() + 2_000;
    while (Date.now() < deadline && !(await this.page.evaluate(focusIsInDialog).catch(() => true)))
      await this.page.waitForTimeout(20);
  }

  /** Types as a person does: slower than a barcode scanner. */
  async type(text: string): Promise<void> {
    await this.#untilAsked();
    await this.#keys(text);
  }

  async #keys(text: string): Promise<void> {
    await this.page.keyboard.type(text, { delay: /^\d{2,}$/.test(text) ? 40 : 5 });
  }

  /**
   * Types like a scanner: all at once, with Enter behind it. The keys are pressed inside the page,
   * because on a busy machine the driver itself is slower than any scanner; they are all made before
   * the first is given, because a key bears the time at which it was made.
   */
  async scan(code: string): Promise<void> {
    await this.page.evaluate(
      (keys) => {
        const presses = keys.map(
          (key) => new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, composed: true }),
        );
        for (const press of presses) (document.activeElement ?? document.body).dispatchEvent(press);
      },
      [...code, 'Enter'],
    );
  }

  /** Walks with Tab until the target has the focus. */
  async tabTo(target: Locator): Promise<void> {
    await expect(target).toBeAttached();
    for (let step = 0; step < farthest; step += 1) {
      if (await isFocused(target)) return;
      await this.press('Tab');
    }
    throw new Error(`Not reached with ${farthest} Tabs: ${target.toString()}`);
  }

  async typeInto(target: Locator, text: string): Promise<void> {
    await this.tabTo(target);
    await this.press('Control+a');
    await this.type(text);
  }

  /**
   * Goes through a form as it comes: reads the label of the field that has the focus, types its
   * answer and presses Enter, until a field comes that has none.
   */
  async answer(answers: Readonly<Record<string, string>>): Promise<void> {
    await this.answerEach(({ label }) => answers[label.replace(/ \*$/, '')]);
  }

  /**
   * The same with the answer to each field asked for: what a text replaces, `''` and Enter leave as
   * it stands, undefined ends the walk.
   */
  async answerEach(answerTo: (field: FieldInFocus) => string | undefined): Promise<void> {
    await this.#untilAsked();
    for (let step = 0; step < mostFields; step += 1) {
      const field = await this.page.evaluate(fieldInFocus);
      const answer = answerTo(field);
      if (answer === undefined) return;
      if (answer !== '') {
        if (!field.isEmpty) await this.page.keyboard.press('Control+a');
        await this.#keys(answer);
      }
      await this.page.keyboard.press('Enter');
    }
    throw new Error(`No end after ${mostFields} fields`);
  }

  /** Tabs to a button or link and presses it. */
  async choose(target: Locator): Promise<void> {
    await this.tabTo(target);
    await this.press('Enter');
  }

  /** Walks down an open list to an entry and takes it. */
  async pick(option: Locator): Promise<void> {
    await expect(option).toBeVisible();
    for (let step = 0; step < farthest; step += 1) {
      if ((await option.getAttribute('data-combobox-selected')) !== null) {
        await this.press('Enter');
        return;
      }
      await this.press('ArrowDown');
    }
    throw new Error(`Not reached with ${farthest} steps down: ${option.toString()}`);
  }

  /** Opens a screen, or does an action, by the command palette. */
  async palette(words: string): Promise<void> {
    const palette = this.page.getByRole('dialog', { name: /^Cari nama/ });
    await expect(this.page.getByRole('navigation', { name: 'Menu utama' })).toBeVisible();
    await this.press('Control+k');
    await expect(palette.getByRole('textbox')).toBeFocused();
    await this.type(words);
    await expect(palette.getByText(words, { exact: true }).first()).toBeVisible();
    await this.press('Enter');
    await expect(palette).toBeHidden();
  }
}

async function isFocused(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement);
}

/** Whether the topmost question, where there is one, has the focus. Runs in the page. */
function focusIsInDialog(): boolean {
  const top = [...document.querySelectorAll('[role="dialog"][aria-modal="true"]')].at(-1);
  return top?.contains(document.activeElement) ?? true;
}

/** Runs in the page. */
function fieldInFocus(): FieldInFocus {
  const field = document.activeElement;
  const id = field?.id ?? '';
  if (!(field instanceof HTMLInputElement)) return { id, label: '', isEmpty: true };
  return { id, label: field.labels?.[0]?.textContent ?? '', isEmpty: field.value === '' };
}
