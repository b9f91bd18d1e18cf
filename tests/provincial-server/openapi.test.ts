import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openApiDocument } from '../../shared/provincial/openapi.ts';
import { openApiFile, renderOpenApi } from './write-openapi.ts';

describe('the published OpenAPI document', () => {
  it('is the one of the schemas as they are now (npm run provincial-openapi writes it)', () => {
    expect(readFileSync(openApiFile, 'utf8')).toBe(renderOpenApi());
  });

  it('refers only to schemas that it holds, and holds none that nothing refers to', () => {
    const text = JSON.stringify(openApiDocument());
    const referred = new Set([...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map((match) => match[1]));
    const { components } = z
      .object({ components: z.object({ schemas: z.record(z.string(), z.unknown()) }) })
      .parse(openApiDocument());
    // What travels inside a signature or as the body of a record is named for the reader's sake.
    const standalone = [
      'CaseLegalisedBody',
      'CaseCorrectedBody',
      'CaseRetractedBody',
      'FamilyConsentBody',
      'Receipt',
      'KeyVoucher',
      'NumberPool',
      'DownItem',
      'PenetapanBody',
      'RankBody',
      'RecipientsBody',
      'RejectedBody',
      'CaseChangedBody',
      'ReferenceBody',
      'SettingBody',
      'ProofSummary',
      'ProofLeaves',
      'CourierKey',
      'CourierHeader',
      'CourierUp',
      'CourierDown',
      'ProgramRule',
      'ScoreModel',
      'RecapReceipt',
      'CourierEnrolRequest',
      'EnrolmentAsked',
      'EnrolmentHeader',
      'EnrolmentTold',
      'ConflictProof',
    ];
    expect([...referred, ...standalone].sort()).toEqual(Object.keys(components.schemas).sort());
    expect(text).not.toMatch(/"\$(id|schema|defs)"/);
  });

  it('leaves every object open to fields of a later version', () => {
    expect(JSON.stringify(openApiDocument())).not.toContain('"additionalProperties":false');
  });
});
