import { describe, expect, it } from 'vitest';
import { CaseState } from '../../../shared/domain/case-flow.ts';
import { Role } from '../../../shared/domain/role.ts';
import { offersFor } from './step-offers.ts';

describe('the steps offered for a case', () => {
  it('have at most one primary step in every state and role', () => {
    for (const state of CaseState.options) {
      for (const role of Role.options) {
        const primary = offersFor({ state }, role, false).filter((offer) => offer.rank === 'primary');
        expect(primary.length, `${state} ${role}`).toBeLessThanOrEqual(1);
      }
    }
  });

  it('put approval first for the lurah and refusal apart', () => {
    const offers = offersFor({ state: 'MENUNGGU_LURAH' }, 'lurah', false);
    expect(offers.find((offer) => offer.rank === 'primary')?.edge.action).toBe('setujui_pendaftaran');
    expect(offers.filter((offer) => offer.danger).map((offer) => offer.edge.action)).toEqual([
      'tolak_pendaftaran',
    ]);
  });

  it('show, but block, what whoever entered the case may not approve', () => {
    const offers = offersFor({ state: 'DICACAH' }, 'petugas_verifikasi', true);
    expect(offers.filter((offer) => offer.blocked).map((offer) => offer.edge.action)).toEqual([
      'setujui_pemeriksaan',
    ]);
    expect(offersFor({ state: 'DICACAH' }, 'petugas_verifikasi', false).some((offer) => offer.blocked)).toBe(
      false,
    );
  });

  it('offer nothing to who has nothing to do', () => {
    expect(offersFor({ state: 'MENUNGGU_LURAH' }, 'petugas_loket', false)).toEqual([]);
  });
});
