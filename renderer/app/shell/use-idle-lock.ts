import { useEffect, useEffectEvent } from 'react';

const signsOfLife = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/**
 * Calls `onIdle` when nobody touched the computer for so many minutes. Goes by the clock on the
 * wall, so that a computer that slept is locked when it wakes.
 */
export function useIdleLock(enabled: boolean, minutes: number, onIdle: () => void): void {
  const idle = useEffectEvent(onIdle);
  useEffect(() => {
    if (!enabled) return;
    let last = Date.now();
    function alive() {
      last = Date.now();
    }
    const check = window.setInterval(() => {
      if (Date.now() - last >= minutes * 60_000) idle();
    }, 5_000);
    for (const sign of signsOfLife) window.addEventListener(sign, alive, { passive: true, capture: true });
    return () => {
      window.clearInterval(check);
      for (const sign of signsOfLife) window.removeEventListener(sign, alive, { capture: true });
    };
  }, [enabled, minutes]);
}
