import type { Role } from '../../../shared/domain/role.ts';
import { isReady, type Action } from './action.ts';
import { editsText, matchesShortcut, normalShortcut, typesText, type KeyPress } from './shortcut.ts';

/** `dialog` actions are the only ones that work while a dialog is open, and only then. */
export type Layer = 'global' | 'screen' | 'dialog';

interface Entry {
  layer: Layer;
  /** What the owner declared last; its closures see the newest state. */
  latest: readonly Action[];
  /** What readers hold: the same objects until the owner's actions look different. */
  actions: readonly Action[];
}

/** Where a key was pressed. */
export interface KeyPlace {
  /** The focus is in something that takes text. */
  inText: boolean;
  dialogOpen: boolean;
}

/** The actions of what is on screen right now: the program's own and those of mounted screens. */
export class ActionRegistry {
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Set<() => void>();
  #all: readonly Action[] = [];

  /**
   * Declares the actions of one owner, in place of those it declared before. A component does so
   * after every render; readers are told only when an action looks different, else a component that
   * both declares and reads would render for ever.
   */
  declare(owner: string, layer: Layer, actions: readonly Action[]): void {
    const before = this.#entries.get(owner);
    if (before !== undefined && before.layer === layer && looksAlike(before.latest, actions)) {
      before.latest = actions;
      return;
    }
    const entry: Entry = { layer, latest: actions, actions: [] };
    entry.actions = actions.map((action, index) => ({
      ...action,
      when: () => isNow(entry.latest[index]),
      perform: () => entry.latest[index]?.perform(),
    }));
    this.#entries.set(owner, entry);
    this.#changed();
  }

  withdraw(owner: string): void {
    if (this.#entries.delete(owner)) this.#changed();
  }

  /** Screen's own first, then the program's. The same array until something changes. */
  readonly all = (): readonly Action[] => this.#all;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /**
   * The action a key press means, or null. A screen's action goes before the program's with the
   * same key; a key that would be typed, or that edits what was typed, is left to the text.
   */
  actionFor(press: KeyPress, place: KeyPlace, role: Role): Action | null {
    const layers: Layer[] = place.dialogOpen ? ['dialog'] : ['screen', 'global'];
    for (const layer of layers) {
      for (const action of this.#of(layer)) {
        if (action.shortcut === undefined || !matchesShortcut(action.shortcut, press)) continue;
        if (place.inText && (typesText(action.shortcut) || editsText(action.shortcut))) continue;
        if (isReady(action, role)) return action;
      }
    }
    return null;
  }

  #of(layer: Layer): Action[] {
    return [...this.#entries.values()]
      .filter((entry) => entry.layer === layer)
      .flatMap((entry) => entry.actions);
  }

  #changed(): void {
    this.#all = [...this.#of('screen'), ...this.#of('global')];
    for (const listener of this.#listeners) listener();
  }
}

function isNow(action: Action | undefined): boolean {
  return action !== undefined && (action.when === undefined || action.when());
}

/** Whether two lists of actions show the same, whatever they would do. */
function looksAlike(left: readonly Action[], right: readonly Action[]): boolean {
  return (
    left.length === right.length &&
    left.every((action, index) => {
      const { id, label, group, icon, shortcut, permission } = action;
      const other = right[index];
      return (
        other !== undefined &&
        id === other.id &&
        label === other.label &&
        group === other.group &&
        icon === other.icon &&
        shortcut === other.shortcut &&
        permission === other.permission
      );
    })
  );
}

/** Pairs of actions of one scope that claim the same keys. */
export function findClashes(actions: readonly Pick<Action, 'id' | 'shortcut'>[]): string[] {
  const byKeys = new Map<string, string>();
  const clashes: string[] = [];
  for (const action of actions) {
    if (action.shortcut === undefined) continue;
    const keys = normalShortcut(action.shortcut);
    const other = byKeys.get(keys);
    if (other !== undefined) clashes.push(`${keys}: ${other}, ${action.id}`);
    byKeys.set(keys, action.id);
  }
  return clashes;
}
