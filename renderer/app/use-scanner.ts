import { useEffect, useEffectEvent } from 'react';
import { ScannerDetector } from './scanner.ts';

/**
 * Listens for a barcode scanner on the whole page, before anything else sees the keys. Digits of
 * a person reach their field when the scanner's gap has passed.
 */
export function useScanner(enabled: boolean, onScan: (code: string) => void): void {
  const scanned = useEffectEvent(onScan);
  useEffect(() => {
    if (!enabled) return;
    const detector = new ScannerDetector();
    /** Presses made here, for digits given back. */
    const own = new WeakSet<Event>();
    let timer = 0;

    function giveBack(digits: string) {
      for (const digit of digits) typeDigit(digit, own);
    }

    function onKeyDown(event: KeyboardEvent) {
      if (own.has(event) || isLoneModifier(event.key)) return;
      window.clearTimeout(timer);
      const modified = event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing;
      const verdict = detector.press({ key: event.key, at: event.timeStamp, modified });
      if (verdict.kind !== 'pass') {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
      if (verdict.kind === 'scan') scanned(verdict.code);
      else giveBack(verdict.release);
      const wait = detector.expiresIn(event.timeStamp);
      if (wait !== null) timer = window.setTimeout(() => giveBack(detector.release()), wait);
    }

    /** The focus is about to move: what is held belongs to where it was typed. */
    function onPointerDown() {
      giveBack(detector.release());
    }

    window.addEventListener('keydown', onKeyDown, { capture: true });
    window.addEventListener('pointerdown', onPointerDown, { capture: true });
    return () => {
      window.clearTimeout(timer);
      window.removeEventListener('keydown', onKeyDown, { capture: true });
      window.removeEventListener('pointerdown', onPointerDown, { capture: true });
    };
  }, [enabled]);
}

function isLoneModifier(key: string): boolean {
  return (
    key === 'Shift' ||
    key === 'Control' ||
    key === 'Alt' ||
    key === 'Meta' ||
    key === 'CapsLock' ||
    key === 'NumLock'
  );
}

/** Types a digit where the focus is: first as a key, which a coded field takes, then as text. */
function typeDigit(digit: string, own: WeakSet<Event>): void {
  const target = document.activeElement ?? document.body;
  const press = new KeyboardEvent('keydown', {
    key: digit,
    code: `Digit${digit}`,
    bubbles: true,
    cancelable: true,
    composed: true,
  });
  own.add(press);
  const untaken = target.dispatchEvent(press);
  // execCommand is the one way to type that fires the field's own events and keeps its undo.
  if (untaken) document.execCommand('insertText', false, digit);
}
