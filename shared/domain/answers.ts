import { z } from 'zod';

/** Answers by field of the instrument, as they are kept: the value of an option, a number, a text. */
export const Answers = z.record(z.string(), z.string());
export type Answers = z.infer<typeof Answers>;
