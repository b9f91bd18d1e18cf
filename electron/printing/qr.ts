import bwipjs from 'bwip-js/node';

/** The modules of a QR code, without the quiet zone. */
export interface QrCode {
  /** Modules a side. */
  size: number;
  /** Dark stretches of the rows: [x, y, length], in modules from the top left. */
  runs: readonly (readonly [x: number, y: number, length: number])[];
}

/** Modules that must stay white around the symbol (ISO/IEC 18004). */
export const quietZone = 4;

/**
 * Builds a QR code. `level` is the share of damage it survives: L 7 %, M 15 %, Q 25 %, H 30 %. Twelve
 * digits at level H still fit the smallest symbol (21 × 21), so a sheet may be folded and stained.
 */
export function buildQr(text: string, level: 'L' | 'M' | 'Q' | 'H'): QrCode {
  const [symbol] = bwipjs.raw('qrcode', text, `eclevel=${level}`);
  if (symbol === undefined || !('pixs' in symbol)) throw new Error('bwip-js gave no matrix for a QR code.');
  const { pixs, pixx: size, pixy } = symbol;
  const runs: [number, number, number][] = [];
  for (let y = 0; y < pixy; y += 1) {
    for (let x = 0; x < size;) {
      const start = x;
      while (x < size && pixs[y * size + x] === 1) x += 1;
      if (x > start) runs.push([start, y, x - start]);
      else x += 1;
    }
  }
  return { size, runs };
}

/** The symbol as one SVG path, `side` units wide, for pdfmake. */
export function qrSvg(code: QrCode, side: number): string {
  const path = code.runs.map(([x, y, length]) => `M${x} ${y}h${length}v1h-${length}z`).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="0 0 ${code.size} ${code.size}"><path d="${path}" fill="#000"/></svg>`;
}
