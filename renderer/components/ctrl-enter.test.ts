import { expect, it, vi } from 'vitest';
import { finishes, onCtrlEnter } from './ctrl-enter.ts';

const idle = { querySelector: () => null };
/** A form whose button shows that it is being sent. */
const sending = { querySelector: (selectors: string) => (selectors === 'button[data-loading]' ? {} : null) };

function press(more: { repeat?: boolean; ctrlKey?: boolean; key?: string } = {}) {
  return { key: 'Enter', ctrlKey: true, repeat: false, preventDefault: vi.fn<() => void>(), ...more };
}

it('Ctrl+Enter finishes a form once: not again while the key is held, nor while it is being sent', () => {
  expect(finishes(press(), idle)).toBe(true);
  for (const [again, form] of [
    [press({ repeat: true }), idle],
    [press(), sending],
  ] as const) {
    expect(finishes(again, form)).toBe(false);
    // It means nothing else: no button, no line break.
    expect(again.preventDefault).toHaveBeenCalledOnce();
  }
  const other = press({ ctrlKey: false });
  expect([finishes(other, idle), finishes(press({ key: 'j' }), idle)]).toEqual([false, false]);
  expect(other.preventDefault).not.toHaveBeenCalled();
});

it('a dialog is finished by the key as a form is', () => {
  const finish = vi.fn<() => void>();
  const key = onCtrlEnter(finish);
  key({ ...press(), currentTarget: idle });
  key({ ...press({ repeat: true }), currentTarget: idle });
  key({ ...press(), currentTarget: sending });
  expect(finish).toHaveBeenCalledOnce();
});
