import { expect, it } from 'vitest';
import { hashText } from './bulk/hash.ts';
import { defaultModel } from './model.ts';

it('is fixed under its version: whoever changes a number or adds one gives the model a new version, and this the new hash', () => {
  const { version, ...numbers } = defaultModel;
  const hash = hashText(JSON.stringify(numbers)).toString(16);
  expect({ version, hash }).toEqual({ version: '4', hash: '37bb74f9' });
});
