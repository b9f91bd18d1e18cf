import { describe, expect, it } from 'vitest';
import { Question } from './instrument.ts';
import { countConfirmations, emptySpotCheck, inspectConfirmation } from './spot-check.ts';

const question = Question.parse({
  id: 'lantai',
  no: '3.4',
  label: 'Lantai',
  kind: 'choice',
  digits: 2,
  options: [
    { code: '1', label: 'Marmer' },
    { code: '6', label: 'Semen' },
  ],
});
const line = { field: 'household.lantai', question, recorded: '6' };

describe('a confirmation', () => {
  it('is 1, or 2 with another answer that the questionnaire knows', () => {
    expect(inspectConfirmation(line, undefined)).toContain('Ketik 1');
    expect(inspectConfirmation(line, { code: '1', value: '' })).toBeNull();
    expect(inspectConfirmation(line, { code: '2', value: '1' })).toBeNull();
    expect(inspectConfirmation(line, { code: '2', value: '6' })).toContain('sama dengan');
    expect(inspectConfirmation(line, { code: '2', value: '9' })).not.toBeNull();
    expect(inspectConfirmation(line, { code: '2', value: '' })).not.toBeNull();
  });

  it('is counted by what it says', () => {
    const entry = {
      ...emptySpotCheck,
      confirmations: {
        a: { code: '1' as const, value: '' },
        b: { code: '2' as const, value: '1' },
        c: { code: '1' as const, value: '' },
      },
    };
    expect(countConfirmations(entry)).toEqual({ agreed: 2, corrected: 1 });
  });
});
