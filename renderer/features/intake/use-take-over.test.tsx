import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { DraftHousehold } from '../../../shared/domain/draft.ts';
import { KeptStates, KeptStatesContext } from '../../app/use-kept-state.ts';
import { isAsTaken, useTakeOver } from './use-take-over.ts';

const id = '0198a000-0000-7000-8000-000000000001';

function named(name: string): DraftHousehold {
  return DraftHousehold.parse({ families: [{ no: 1 }], members: [{ id, name }] });
}

type TakeOver = ReturnType<typeof useTakeOver>;

function Form(props: { open: Parameters<typeof useTakeOver>[1]; onDrawn: (takeOver: TakeOver) => void }) {
  props.onDrawn(useTakeOver('d1', props.open));
  return null;
}

it('gives back what was typed before a family was taken over, and what was typed since as well', () => {
  const states = new KeptStates();
  let body: DraftHousehold = { ...named('Budi'), phone: '0812' };
  /** The form as it is drawn next. */
  function drawn(): TakeOver {
    const all: TakeOver[] = [];
    const edit = (change: (body: DraftHousehold) => DraftHousehold) => void (body = change(body));
    renderToStaticMarkup(
      <KeptStatesContext value={states}>
        <Form open={{ body, edit }} onDrawn={(takeOver) => all.push(takeOver)} />
      </KeptStatesContext>,
    );
    const [last] = all;
    if (last === undefined) throw new Error('The form was not drawn.');
    return last;
  }

  expect(drawn().putBack).toBeNull();
  drawn().take(named('Siti'));
  expect(body.members[0]?.name).toBe('Siti');
  expect(drawn().isLast).toBe(true);

  const typedSince = { ...body, members: named('Siti Aminah').members };
  body = typedSince;
  expect(drawn().isLast).toBe(false);
  drawn().putBack?.();
  expect(body.members[0]?.name).toBe('Budi');
  drawn().putBack?.();
  expect(body).toEqual(typedSince);
});

it('tells a tint that was looked at from something typed', () => {
  const taken = { ...named('Siti'), unseen: ['address.rt'] };
  expect(isAsTaken(named('Siti'), taken)).toBe(true);
  expect(isAsTaken(named('Sitti'), taken)).toBe(false);
});
