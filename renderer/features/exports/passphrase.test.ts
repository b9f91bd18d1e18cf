import { expect, it } from 'vitest';
import { newPassphrase } from './passphrase.ts';

it('is twenty letters in four groups, whatever the bytes are', () => {
  let next = 0;
  const counting = (bytes: Uint8Array) => bytes.map(() => (next += 7) % 256);
  const made = newPassphrase(counting);
  expect(made).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
  expect(newPassphrase(counting)).not.toBe(made);
  expect(
    newPassphrase((bytes) => {
      crypto.getRandomValues(bytes);
      return bytes;
    }),
  ).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
});
