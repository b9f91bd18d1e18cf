import { useEffect, useRef, useState } from 'react';
import { v7 as newId } from 'uuid';
import type { DraftHousehold, DraftMember } from '../../../shared/domain/draft.ts';
import { addMember, removeMember, restoreMember } from './draft-edit.ts';
import { fieldId } from './form-context.ts';

/** Where the focus goes after a removal, so that the next key can take it back. */
export const undoButtonId = 'isian-urungkan';

/** Which member is open, where the focus goes, and the removal that can be undone. */
export function useMembers(
  draft: DraftHousehold,
  edit: (change: (draft: DraftHousehold) => DraftHousehold) => void,
  firstField: string,
) {
  const [openId, setOpenId] = useState<string | null>(
    memberOf(draft, firstField) ?? draft.members[0]?.id ?? null,
  );
  const [removed, setRemoved] = useState<{ index: number; member: DraftMember } | null>(null);
  const wanted = useRef<string | null>(idOf(firstField));

  // The field may appear only with this rendering: a member opens, a section is added.
  useEffect(() => {
    if (wanted.current === null) return;
    const target = document.getElementById(wanted.current);
    if (target === null) return;
    wanted.current = null;
    target.focus();
    target.scrollIntoView({ block: 'nearest' });
  });

  /** Leads to a field by its path, opening the member it belongs to. */
  function goTo(path: string): void {
    wanted.current = idOf(path);
    const owner = memberOf(draft, path);
    if (owner !== null) setOpenId(owner);
    document.getElementById(wanted.current)?.focus();
  }

  function open(id: string): void {
    const index = draft.members.findIndex((member) => member.id === id);
    setOpenId(id);
    wanted.current = fieldId(`members.${index}.nik`);
  }

  return {
    // A family taken over brings members of its own.
    openId: draft.members.some((member) => member.id === openId) ? openId : (draft.members[0]?.id ?? null),
    removed: removed?.member ?? null,
    open,
    goTo,
    add() {
      const id = newId();
      edit((current) => addMember(current, id));
      setOpenId(id);
      wanted.current = fieldId(`members.${draft.members.length}.nik`);
    },
    remove(index: number) {
      const member = draft.members[index];
      if (member === undefined) return;
      setRemoved({ index, member });
      wanted.current = undoButtonId;
      edit((current) => removeMember(current, index));
      setOpenId((draft.members[index + 1] ?? draft.members[index - 1])?.id ?? null);
    },
    undoRemoval() {
      if (removed === null) return;
      const { index, member } = removed;
      edit((current) => restoreMember(current, index, member));
      setRemoved(null);
      setOpenId(member.id);
      wanted.current = fieldId(`members.${index}.nik`);
    },
  };
}

/** Id of the member that a field belongs to, or null. */
function memberOf(draft: DraftHousehold, path: string): string | null {
  const [group, index] = path.split('.');
  return group === 'members' ? (draft.members[Number(index)]?.id ?? null) : null;
}

/** Id of the element that takes the focus for a path; evidence is a button. */
function idOf(path: string): string {
  return path === 'evidence' ? 'isian-bukti' : fieldId(path);
}
