import { describe, expect, it } from 'vitest';
import { dashWhileTyping, displayTypedDate, readTypedDate } from './typed-date.ts';

describe('a typed date', () => {
  it.each(['17-08-1980', '17/8/1980', '17.08.1980', '17 8 1980', '17081980', ' 17-08-1980 '])(
    'reads %s',
    (typed) => {
      expect(readTypedDate(typed)).toEqual({ kind: 'date', iso: '1980-08-17' });
    },
  );

  it('waits while it is unfinished', () => {
    for (const typed of ['1', '17', '17-', '17-08', '17-08-19'])
      expect(readTypedDate(typed).kind, typed).toBe('unfinished');
    expect(readTypedDate('').kind).toBe('empty');
  });

  it('says what is wrong with days that do not exist and with words', () => {
    expect(readTypedDate('31-02-1980').kind).toBe('wrong');
    expect(readTypedDate('17 Agustus').kind).toBe('wrong');
    expect(readTypedDate('17-08-80 kira-kira').kind).toBe('wrong');
  });

  it('sets dashes only when a digit was added at the end', () => {
    expect(dashWhileTyping('1', '17')).toBe('17-');
    expect(dashWhileTyping('17-0', '17-08')).toBe('17-08-');
    expect(dashWhileTyping('17-', '17--')).toBe('17-');
    expect(dashWhileTyping('17-', '17')).toBe('17');
    expect(dashWhileTyping('', '17081980')).toBe('17081980');
  });

  it('shows what it read', () => {
    expect(displayTypedDate('1980-08-17')).toBe('17-08-1980');
  });
});
