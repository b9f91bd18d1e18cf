import { describe, expect, it } from 'vitest';
import { diffText } from './text-diff.ts';

function marked(before: string, after: string): [string, string] {
  const difference = diffText(before, after);
  const join = (parts: { text: string; own: boolean }[]) =>
    parts.map((part) => (part.own ? `[${part.text}]` : part.text)).join('');
  return [join(difference.before), join(difference.after)];
}

describe('the difference of two texts', () => {
  it.each([
    ['3171011708800001', '3171011708800007', '317101170880000[1]', '317101170880000[7]'],
    ['3302 0816', '3171 0143', '3[302] 0[816]', '3[171] 0[143]'],
    ['SITI AMINAH', 'Siti Aminah', 'SITI AMINAH', 'Siti Aminah'],
    ['MOCH YUSUF', 'MUHAMMAD YUSUF', 'M[OC]H YUSUF', 'M[U]H[AMMAD] YUSUF'],
    ['', 'BARU', '', '[BARU]'],
    ['SAMA', 'SAMA', 'SAMA', 'SAMA'],
  ])('%s and %s', (before, after, left, right) => {
    expect(marked(before, after)).toEqual([left, right]);
  });
});
