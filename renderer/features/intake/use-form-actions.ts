import type { Draft } from '../../../shared/contract/intake.ts';
import type { RegistrationMode } from '../../../shared/domain/registration.ts';
import type { Action } from '../../app/actions/action.ts';
import { useActions } from '../../app/actions/use-actions.ts';
import { tellDone, tellError } from '../../app/notify.ts';
import { useTRPCClient } from '../../app/rpc.ts';
import { intakeFormActions } from './actions.ts';
import { addFamily, copyAddress, seeAll } from './draft-edit.ts';
import type { IntakeForm } from './form-context.ts';
import type { useMembers } from './use-members.ts';
import { words } from './words.ts';

interface FormActionsInput {
  form: IntakeForm;
  draft: Draft;
  members: ReturnType<typeof useMembers>;
  busy: boolean;
  unseen: number;
  onLeave: () => void;
  onTry: () => void;
  onReadBack: () => void;
}

/** What the form can do, by key, button and palette. */
export function useFormActions({
  form,
  draft,
  members,
  busy,
  unseen,
  onLeave,
  onTry,
  onReadBack,
}: FormActionsInput) {
  const client = useTRPCClient();
  const { draft: body, edit } = form;

  async function takeLastAddress() {
    try {
      const address = await client.intake.lastAddress.query({ draftId: draft.id });
      if (address === null) tellDone(words.noLastAddress);
      else edit((current) => copyAddress(current, address));
    } catch (error) {
      tellError(error);
    }
  }

  function mendHere() {
    const mends = form.findings.filter((finding) => finding.mend !== undefined);
    const { mend } = mends.find((finding) => finding.field === form.focused) ?? mends[0] ?? {};
    if (mend !== undefined) form.type(mend.field, mend.value);
  }

  function addFamilyHere() {
    const added = addFamily(body).families.findIndex(
      ({ no }) => !body.families.some((family) => family.no === no),
    );
    edit(addFamily);
    members.goTo(`families.${added}.kk`);
  }

  const actions = {
    register: {
      ...intakeFormActions.register,
      label: registerLabel(draft, body.mode),
      when: () => !busy,
      perform: onTry,
    },
    lastAddress: { ...intakeFormActions.lastAddress, perform: () => void takeLastAddress() },
    addMember: { ...intakeFormActions.addMember, perform: members.add },
    addFamily: {
      ...intakeFormActions.addFamily,
      when: () => body.families.length < 9,
      perform: addFamilyHere,
    },
    mend: { ...intakeFormActions.mend, perform: mendHere },
    undo: {
      ...intakeFormActions.undo,
      when: () => members.removed !== null && !isTyping(),
      perform: members.undoRemoval,
    },
    seeAll: { ...intakeFormActions.seeAll, when: () => unseen > 0, perform: () => edit(seeAll) },
    readBack: { ...intakeFormActions.readBack, perform: onReadBack },
    back: { ...intakeFormActions.back, perform: onLeave },
  } satisfies Record<string, Action>;
  useActions(Object.values(actions));
  return actions;
}

function registerLabel(draft: Draft, mode: RegistrationMode): string {
  if (draft.correction !== null)
    return draft.correction.state === 'DIKEMBALIKAN' ? words.resubmit : words.saveCorrection;
  return mode === 'pasif' ? words.propose : words.register;
}

/** Ctrl+Z inside a text undoes typing, and belongs to the text. */
function isTyping(): boolean {
  return (
    document.activeElement instanceof HTMLInputElement ||
    document.activeElement instanceof HTMLTextAreaElement
  );
}
