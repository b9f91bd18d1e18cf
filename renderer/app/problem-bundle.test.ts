import { expect, it } from 'vitest';
import { describeError, errorCatalogue, type ErrorCode } from '../../shared/errors.ts';
import { problemBundle } from './problem-bundle.ts';

it('names code, reference and version', () => {
  expect(problemBundle(describeError('internal', { reference: '7K3QF' }), '1.4.0')).toBe(
    `Kode: internal\nRujukan: 7K3QF\nArti: ${describeError('internal').message}\nMutakhir 1.4.0`,
  );
  expect(problemBundle(describeError('office_unreachable'), null)).not.toMatch(/Rujukan|Mutakhir \d/);
});

it('holds nothing of a person, whatever a problem is about', () => {
  const typed = 'Siti Aminah 3171014101800001';
  for (const code of Object.keys(errorCatalogue) as ErrorCode[]) {
    const names = [...errorCatalogue[code].join(' ').matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    const details = Object.fromEntries([...names, 'reference'].map((name) => [name, typed]));
    const bundle = problemBundle(describeError(code, details), '1.4.0');
    expect(bundle, code).toContain(code);
    expect(bundle, code).not.toMatch(/Siti|31710/);
  }
});
