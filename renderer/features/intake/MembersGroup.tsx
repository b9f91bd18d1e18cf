import { ActionButton } from '../../app/actions/ActionButton.tsx';
import type { Action } from '../../app/actions/action.ts';
import type { DraftMember } from '../../../shared/domain/draft.ts';
import { useIntakeForm } from './form-context.ts';
import { MemberCard } from './MemberCard.tsx';
import { MemberLine } from './MemberLine.tsx';
import { Section } from './Section.tsx';
import { UndoNote } from './UndoNote.tsx';
import { undoButtonId } from './use-members.ts';
import { words } from './words.ts';

interface MembersGroupProps {
  no: number;
  /** Id of the member being typed; the others stand in one line each. */
  openId: string | null;
  onOpen: (id: string) => void;
  onRemove: (index: number) => void;
  /** The member removed last, for as long as that can be undone. */
  removed: DraftMember | null;
  undo: Action;
  addMember: Action;
}

/** Everyone who lives there; the fields of one at a time are open. */
export function MembersGroup({ no, openId, onOpen, onRemove, removed, undo, addMember }: MembersGroupProps) {
  const { draft } = useIntakeForm();
  return (
    <Section no={no} title={words.groups.members}>
      {draft.members.map((member, index) =>
        member.id === openId ? (
          <MemberCard key={member.id} index={index} onRemove={() => onRemove(index)} />
        ) : (
          <MemberLine key={member.id} index={index} onOpen={() => onOpen(member.id)} />
        ),
      )}
      {removed !== null && (
        <UndoNote
          id={undoButtonId}
          text={words.memberRemoved(removed.name.trim() || words.unnamed)}
          label={words.undo}
          onUndo={undo.perform}
        />
      )}
      <ActionButton
        action={addMember}
        variant="default"
        style={{ alignSelf: 'flex-start' }}
        data-primary="true"
      />
    </Section>
  );
}
