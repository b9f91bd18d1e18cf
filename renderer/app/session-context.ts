import { createContext, useContext, useSyncExternalStore } from 'react';
import type { SessionInfo } from '../../shared/contract/session.ts';
import type { Permission } from '../../shared/domain/access.ts';
import { may } from '../../shared/domain/access.ts';
import type { Role } from '../../shared/domain/role.ts';
import { SessionStore, type SessionState } from './session-store.ts';

export const SessionContext = createContext(new SessionStore());

export function useSessionStore(): SessionStore {
  return useContext(SessionContext);
}

export function useSessionState(): SessionState {
  const store = useSessionStore();
  // The third for whoever draws a screen once, without a window: its tests.
  return useSyncExternalStore(store.subscribe, store.current, store.current);
}

/** Who is at work. Only for what is mounted behind the login. */
export function useSession(): SessionInfo {
  const { info } = useSessionState();
  if (info === null) throw new Error('Nobody is logged in: this belongs behind the login.');
  return info;
}

export function useRole(): Role {
  return useSession().account.role;
}

/** Whether who is at work may do this; screens offer only what they may. */
export function useMay(permission: Permission): boolean {
  return may(useRole(), permission);
}
