import { resolve } from 'node:path';

/** What Node made of the sources at an earlier start, which is half of what a start costs. */
export const compiled = resolve('tests/.output/compiled');
