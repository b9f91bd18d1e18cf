import { describe, expect, it } from 'vitest';
import type { SessionInfo } from '../../shared/contract/session.ts';
import { SessionStore } from './session-store.ts';

const info: SessionInfo = {
  account: { id: 'a', username: 'siti', name: 'Siti', role: 'petugas_loket' },
  office: {
    code: '31.71.01.1001',
    level: 'kelurahan',
    name: 'Gambir',
    kelurahan: 'Gambir',
    kecamatan: 'Gambir',
    kabkota: 'Jakarta Pusat',
    provinsi: 'DKI Jakarta',
    kodepos: '10110',
  },
  training: false,
  mustChangePassword: false,
  idleMinutes: 15,
  recoverySheetKept: true,
  period: { id: '2026-11', name: 'MPM November 2026', shortName: 'MPM Nov 2026', daysLeft: 8, next: null },
  today: '2026-11-22',
};

describe('the session of this window', () => {
  it('forgets the token when it locks, but not whose work is on screen', () => {
    const store = new SessionStore();
    store.begin('token', info);
    store.lock('left_alone');
    expect(store.current()).toEqual({ token: null, info, locked: 'left_alone' });
    store.lock('expired');
    expect(store.current().locked).toBe('left_alone');
    store.begin('second', info);
    expect(store.current()).toEqual({ token: 'second', info, locked: null });
  });

  it('does not lock what nobody opened', () => {
    const store = new SessionStore();
    store.lock('expired');
    expect(store.current().locked).toBeNull();
  });

  it('refreshes only while someone is at work, and ends whole', () => {
    const store = new SessionStore();
    store.refresh(info);
    expect(store.current().info).toBeNull();
    store.begin('token', info);
    store.refresh({ ...info, idleMinutes: 5 });
    expect(store.current().info?.idleMinutes).toBe(5);
    store.end();
    expect(store.current()).toEqual({ token: null, info: null, locked: null });
  });
});
