/**
 * How this workstation likes its screen. The only thing kept in the browser's storage: a size and a
 * colour scheme (by Mantine), nothing of the office.
 */

export const textSizes = [100, 110, 125, 150, 175, 200] as const;
export type TextSize = (typeof textSizes)[number];

const key = 'mutakhir-text-size';

export function readTextSize(): TextSize {
  try {
    const kept = Number(window.localStorage.getItem(key));
    return textSizes.find((size) => size === kept) ?? 100;
  } catch {
    return 100;
  }
}

/** Everything is measured in rem, so the root's size scales the whole screen. */
export function applyTextSize(size: TextSize): void {
  document.documentElement.style.fontSize = `${size}%`;
  try {
    window.localStorage.setItem(key, String(size));
  } catch {
    // A browser without storage forgets the size with the window; nothing else is lost.
  }
}

/** The next size up or down; the last one stays. */
export function steppedTextSize(size: TextSize, step: 1 | -1): TextSize {
  return textSizes[textSizes.indexOf(size) + step] ?? size;
}
