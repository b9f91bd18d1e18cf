import { describe, expect, it } from 'vitest';
import { doubtKk, inspectKk } from './kk.ts';

describe('a No KK', () => {
  it.each(['3171011203150001', '3171 0112 0315 0001', "'3171011203150001"])('accepts %s', (typed) => {
    expect(inspectKk(typed)).toBeNull();
  });

  it.each([
    '31710112031500',
    '317101120315000O',
    '0000000000000000',
    '1111111111111111',
    '3171011203150000',
    '3,17E+15',
  ])('refuses %s', (typed) => {
    expect(inspectKk(typed)).not.toBeNull();
  });

  it('only doubts a date of issue that is none', () => {
    expect(doubtKk('3171019903150001')).not.toBeNull();
    expect(doubtKk('3171011203150001')).toBeNull();
  });
});
