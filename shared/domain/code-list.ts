import { z } from 'zod';
import { IsoDate } from './person.ts';

/** Which edition of a list of codes the program brings along, and who says so. */
export const CodeList = z.object({
  id: z.string().regex(/^[a-z0-9-]+$/),
  version: z.string().min(1),
  /** The day whose state it holds; null where its source names none. */
  dated: IsoDate.nullable(),
  title: z.string().min(1),
  /** Where its figures are from, and how far that was looked at. */
  source: z.string().min(1),
});
export type CodeList = z.infer<typeof CodeList>;

/** As it is named where something was read by it. */
export function editionOf({ title, version }: Pick<CodeList, 'title' | 'version'>): string {
  return `${title} edisi ${version}`;
}
