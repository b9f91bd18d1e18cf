import { z } from 'zod';
import type { DocumentKind } from '../../shared/domain/document.ts';
import type { FontFiles } from './fonts.ts';
import { Letterhead } from './letterhead.ts';
import type { PrintFrame } from './page-frame.ts';

/** What every paper of the archive has: whose it is, on which paper, and where it is signed. */
export const PaperBase = z.object({
  letterhead: Letterhead,
  paper: z.enum(['F4', 'A4']),
  /** The word before the date of a signature. */
  place: z.string(),
});
export type PaperBase = z.infer<typeof PaperBase>;

export const SignerFacts = z.object({
  role: z.string(),
  name: z.string().nullable(),
  nip: z.string().nullable(),
});

/**
 * A kind of paper that is kept as it was issued. Its body is JSON with a schema: what the office knew
 * when the paper was made, so that it can be drawn again without asking the register.
 */
export interface PaperKind<Body> {
  kind: DocumentKind;
  /** Draws a body that was kept; refuses one that it cannot read. */
  draw: (kept: unknown, frame: PrintFrame, fonts: FontFiles) => Promise<Uint8Array>;
  /** Only for the type: what a body of this kind holds. */
  check: (body: Body) => Body;
}

export function definePaper<Body>(
  kind: DocumentKind,
  schema: z.ZodType<Body>,
  render: (body: Body, frame: PrintFrame, fonts: FontFiles) => Promise<Uint8Array>,
): PaperKind<Body> {
  return {
    kind,
    draw: (kept, frame, fonts) => render(schema.parse(kept), frame, fonts),
    check: (body) => schema.parse(body),
  };
}
