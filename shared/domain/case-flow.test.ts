import { describe, expect, it } from 'vitest';
import { caseFlow, CaseState, finalStates, findEdge, stepsFrom } from './case-flow.ts';

describe('the way of a case', () => {
  it('leaves no state without an exit, save the final one', () => {
    // What was accepted may still be corrected, taken back or refused, but nothing waits there.
    const corrections = [
      'sahkan_perbaikan',
      'selesaikan_pertentangan',
      'tarik_kembali',
      'pulihkan_penarikan',
      'catat_ditolak',
    ];
    const onward = caseFlow.filter((edge) => !corrections.includes(edge.action));
    const withoutExit = CaseState.options.filter((state) => !onward.some((edge) => edge.from === state));
    expect(withoutExit).toEqual(finalStates);
  });

  it('reaches every state from DRAF', () => {
    const reached = new Set<CaseState>(['DRAF']);
    for (let grown = -1; grown !== reached.size;) {
      grown = reached.size;
      for (const edge of caseFlow) if (reached.has(edge.from)) reached.add(edge.to);
    }
    expect([...reached].sort()).toEqual([...CaseState.options].sort());
  });

  it('has one edge for each state and action', () => {
    const keys = caseFlow.filter((edge) => !edge.returns).map((edge) => `${edge.from} ${edge.action}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('leads a merged case back to exactly the states it can come from', () => {
    const away = caseFlow.filter((edge) => edge.action === 'gabungkan').map((edge) => edge.from);
    const back = caseFlow.filter((edge) => edge.action === 'pisahkan').map((edge) => edge.to);
    expect(back).toEqual(away);
  });

  it('leads a case that was closed by a life event back to where it was', () => {
    const away = caseFlow.filter((edge) => edge.action === 'tutup_peristiwa').map((edge) => edge.from);
    const back = caseFlow.filter((edge) => edge.action === 'batalkan_peristiwa').map((edge) => edge.to);
    expect(back).toEqual(away);
  });

  it('lets only the lurah approve, legalise or reject, and never who entered the case', () => {
    for (const action of ['setujui_pendaftaran', 'tolak_pendaftaran', 'sahkan'] as const) {
      for (const edge of caseFlow.filter((candidate) => candidate.action === action)) {
        expect(edge.by).toEqual(['lurah']);
        expect(edge.notByEnterer).toBe(true);
      }
    }
    expect(stepsFrom('MENUNGGU_LURAH', 'petugas_loket')).toEqual([]);
  });

  it('has no step back from DISAHKAN', () => {
    const onward = new Set(caseFlow.filter((edge) => edge.from === 'DISAHKAN').map((edge) => edge.to));
    expect([...onward]).toEqual(['TERKIRIM', 'DISAHKAN', 'DITARIK']);
    expect(findEdge('DISAHKAN', 'batalkan_pemeriksaan')).toBeNull();
  });

  it('asks a reason for every step back', () => {
    for (const edge of caseFlow.filter((candidate) => candidate.revokes))
      expect(edge.reason, edge.action).toBe(true);
  });
});
