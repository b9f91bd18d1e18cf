import { createContext, useContext, useEffect, useId, useSyncExternalStore } from 'react';
import { useRole } from '../session-context.ts';
import { isOffered, type Action } from './action.ts';
import { ActionRegistry, type Layer } from './action-registry.ts';

export const ActionRegistryContext = createContext(new ActionRegistry());

/**
 * Makes actions work while the component is mounted: their shortcuts, and their place in the
 * palette and the list of keys. Give the same objects to `ActionButton`.
 */
export function useActions(actions: readonly Action[], layer: Layer = 'screen'): void {
  const registry = useContext(ActionRegistryContext);
  const owner = useId();
  useEffect(() => registry.declare(owner, layer, actions));
  useEffect(() => () => registry.withdraw(owner), [registry, owner]);
}

/** Everything this person can do here, the screen's own first. */
export function useOfferedActions(): Action[] {
  const registry = useContext(ActionRegistryContext);
  const role = useRole();
  const all = useSyncExternalStore(registry.subscribe, registry.all);
  return all.filter((action) => isOffered(action, role));
}

/** One action by its name, for a button away from where it is declared; null where it is not offered here. */
export function useAction(id: string): Action | null {
  return useOfferedActions().find((action) => action.id === id) ?? null;
}
