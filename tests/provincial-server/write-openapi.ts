import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openApiDocument } from '../../shared/provincial/openapi.ts';

/** `npm run provincial-openapi`: publishes the document that `openapi.test.ts` holds up to date. */
export const openApiFile = join(import.meta.dirname, '../../docs/api/provincial.openapi.json');

export function renderOpenApi(): string {
  return `${JSON.stringify(openApiDocument(), null, 2)}\n`;
}

if (import.meta.main) {
  mkdirSync(dirname(openApiFile), { recursive: true });
  writeFileSync(openApiFile, renderOpenApi());
}
