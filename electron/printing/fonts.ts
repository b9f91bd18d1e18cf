import { join } from 'node:path';

/** Files of the one typeface on paper, Inter; weights by their use. */
export interface FontFiles {
  /** Values that were filled in: lighter than what labels them. */
  regular: string;
  /** Labels. */
  medium: string;
  /** Headings, codes. */
  semiBold: string;
  /** Titles. */
  bold: string;
}

export type Weight = keyof FontFiles;

export function fontFiles(resourcesDir: string): FontFiles {
  const file = (name: string) => join(resourcesDir, 'fonts', `Inter-${name}.ttf`);
  return { regular: file('Regular'), medium: file('Medium'), semiBold: file('SemiBold'), bold: file('Bold') };
}
