import { describe, expect, it } from 'vitest';
import type { Draft } from '../../../shared/contract/intake.ts';
import { emptyDraft } from '../../../shared/domain/draft.ts';
import { heldBy, readForm } from './form-reading.ts';

const body = emptyDraft('0190a000-0000-7000-8000-000000000001', '31.71.01.1001');
const options = {
  passiveReasons: ['Lansia tunggal'],
  kelurahan: [{ code: '31.71.01.1001', name: 'Gambir' }],
  nikAreas: {},
};
const draft: Draft = {
  id: '0190a000-0000-7000-8000-000000000002',
  version: 1,
  body,
  ownerName: 'Siti',
  savedBy: 'Siti',
  updatedAt: '2026-11-22T03:42:00.000Z',
  attachments: [],
  lease: null,
  paperBatch: null,
  correction: null,
};

describe('what stands in the way of registering', () => {
  it('leads from the top of the form down', () => {
    const passive = { ...body, mode: 'pasif' as const };
    const fields = heldBy(readForm(passive, draft, options, '2026-11-22')).map((finding) => finding.field);
    expect(fields).toEqual([
      'address.street',
      'address.rt',
      'address.rw',
      'members.0.name',
      'members.0.sex',
      'passive.reason',
      'passive.proposer',
      'passive.proposerRole',
      'evidence',
    ]);
  });

  it('asks for evidence of a passive registration only', () => {
    expect(readForm(body, draft, options, '2026-11-22').map((finding) => finding.field)).not.toContain(
      'evidence',
    );
  });

  it('leaves doubts out', () => {
    expect(heldBy([{ field: 'phone', level: 'warning', message: '…' }])).toEqual([]);
  });
});
