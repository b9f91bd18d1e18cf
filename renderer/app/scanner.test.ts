import { describe, expect, it } from 'vitest';
import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { formatSheetCode } from '../../shared/domain/sheet-code.ts';
import { ScannerDetector, scannerGap } from './scanner.ts';

const code = formatSheetCode({ serial: 1234, print: 1 });

/** What others see of a row of keys, and what was scanned. */
function play(keys: readonly { key: string; after: number; modified?: boolean }[]) {
  const detector = new ScannerDetector();
  let at = 1000;
  let seen = '';
  const scanned: string[] = [];
  for (const { key, after, modified = false } of keys) {
    const expires = detector.expiresIn(at);
    if (expires !== null && expires <= after) seen += detector.release();
    at += after;
    const verdict = detector.press({ key, at, modified });
    if (verdict.kind === 'scan') scanned.push(verdict.code);
    else seen += verdict.release;
    if (verdict.kind === 'pass') seen += key === 'Enter' ? '⏎' : key;
  }
  return { seen: seen + detector.release(), scanned };
}

function typed(text: string, after: number) {
  return [...text].map((key) => ({ key: key === '⏎' ? 'Enter' : key, after }));
}

describe('the barcode scanner', () => {
  it('is recognised by twelve fast digits and Enter, and nobody else sees a key', () => {
    expect(play(typed(`${code}⏎`, 8))).toEqual({ seen: '', scanned: [code] });
  });

  it('is recognised after a person typed something', () => {
    const keys = [
      ...typed('12', 200),
      { key: code.charAt(0), after: 300 },
      ...typed(`${code.slice(1)}⏎`, 10),
    ];
    expect(play(keys)).toEqual({ seen: '12', scanned: [code] });
  });

  it('does not take what a person types', () => {
    expect(play(typed(`${code}⏎`, 120))).toEqual({ seen: `${code}⏎`, scanned: [] });
  });

  it('does not take a NIK pasted as fast keys, nor a code with a wrong check digit', () => {
    expect(play(typed('3171012501900001⏎', 2)).scanned).toEqual([]);
    expect(play(typed('3171012501900001⏎', 2)).seen).toBe('3171012501900001⏎');
    const wrong = `${code.slice(0, 11)}${(Number(code.charAt(11)) + 1) % 10}`;
    expect(play(typed(`${wrong}⏎`, 5))).toEqual({ seen: `${wrong}⏎`, scanned: [] });
  });

  it('does not take twelve fast digits whose Enter comes from a person', () => {
    expect(play([...typed(code, 5), { key: 'Enter', after: 400 }])).toEqual({
      seen: `${code}⏎`,
      scanned: [],
    });
  });

  it('forgives a hiccup late in a scan, and none at its beginning', () => {
    const late = [
      ...typed(code.slice(0, 8), 5),
      { key: code.charAt(8), after: 120 },
      ...typed(`${code.slice(9)}⏎`, 5),
    ];
    expect(play(late)).toEqual({ seen: '', scanned: [code] });
    const early = [
      ...typed(code.slice(0, 3), 5),
      { key: code.charAt(3), after: 120 },
      ...typed(`${code.slice(4)}⏎`, 5),
    ];
    expect(play(early)).toEqual({ seen: `${code}⏎`, scanned: [] });
  });

  it('lets other keys pass, after the digits before them', () => {
    expect(play(typed('1a2Tab', 5)).seen).toBe('1a2Tab');
    expect(play([{ key: '5', after: 5, modified: true }]).seen).toBe('5');
  });

  it('never loses and never reorders a key that was not scanned', () => {
    const key = record({
      key: constantFrom('0', '1', '5', '9', 'a', '/'),
      after: integer({ min: 0, max: 2 * scannerGap }),
    });
    assert(
      property(array(key, { maxLength: 40 }), (keys) => {
        expect(play(keys).seen).toBe(keys.map((press) => press.key).join(''));
      }),
    );
  });
});
