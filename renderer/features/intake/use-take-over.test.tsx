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

/** A form with what was typed into it. */
class Typing {
  body: DraftHousehold = { ...named('Budi'), phone: '0812' };
  readonly #states = new KeptStates();

  readonly #edit = (change: (body: DraftHousehold) => DraftHousehold) => {
    this.body = change(this.body);
  };

  /** As it is drawn next. */
  drawn(): TakeOver {
    const all: TakeOver[] = [];
    renderToStaticMarkup(
      <KeptStatesContext value={this.#states}>
        <Form open={{ body: this.body, edit: this.#edit }} onDrawn={(takeOver) => all.push(takeOver)} />
      </KeptStatesContext>,
    );
    const [last] = all;
    if (last === undefined) throw new Error('The form was not drawn.');
    return last;
  }

  name(): string | undefined {
    return this.body.members[0]?.name;
  }
}

it('gives back what was typed before a family was taken over, and what was typed since as well', () => {
  const typing = new Typing();
  expect(typing.drawn().putBack).toBeNull();
  typing.drawn().take(named('Siti'));
  expect(typing.name()).toBe('Siti');
  expect(typing.drawn().isLast).toBe(true);

  const typedSince = { ...typing.body, members: named('Siti Aminah').members };
  typing.body = typedSince;
  expect(typing.drawn().isLast).toBe(false);
  typing.drawn().putBack?.();
  expect(typing.name()).toBe('Budi');
  typing.drawn().putBack?.();
  expect(typing.body).toEqual(typedSince);
});

it('gives back what was typed while the family was on its way', () => {
  const typing = new Typing();
  const asked = typing.drawn();
  typing.body = { ...named('Budiman'), phone: '0813', consent: '1' };
  const meanwhile = typing.body;
  asked.take(named('Siti'));
  expect(typing.body).toMatchObject({ phone: '0813', consent: '1' });
  typing.drawn().putBack?.();
  expect(typing.body).toEqual(meanwhile);
});

it('gives back what was typed also after a second family came in place of the first', () => {
  const typing = new Typing();
  const first = typing.body;
  typing.drawn().take(named('Siti'));
  typing.drawn().take(named('Aminah'));
  expect(typing.name()).toBe('Aminah');
  typing.drawn().putBack?.();
  expect(typing.body).toEqual(first);

  // What was put back is typing, though it came in last; the family put back again is none.
  typing.drawn().take(named('Siti'));
  typing.drawn().putBack?.();
  typing.drawn().putBack?.();
  typing.drawn().take(named('Aminah'));
  typing.drawn().putBack?.();
  expect(typing.body).toEqual(first);

  // A family that was typed into is typing too.
  typing.drawn().take(named('Siti'));
  typing.body = { ...typing.body, members: named('Siti Aminah').members };
  typing.drawn().take(named('Aminah'));
  typing.drawn().putBack?.();
  expect(typing.name()).toBe('Siti Aminah');
});

it('gives back one after the other what was typed, and what was put right in a family that came in place of it', () => {
  const typing = new Typing();
  const typed = typing.body;
  typing.drawn().take(named('Siti'));
  const corrected = { ...typing.body, members: named('Sitti').members };
  typing.body = corrected;
  typing.drawn().take(named('Aminah'));
  const second = { ...typing.body, members: named('Aminah S').members };
  typing.body = second;

  typing.drawn().putBack?.();
  expect(typing.body).toEqual(corrected);
  expect(typing.drawn().isLast).toBe(true);
  typing.drawn().putBack?.();
  expect(typing.body).toEqual(typed);
  typing.drawn().putBack?.();
  expect(typing.body).toEqual(second);

  typing.drawn().take(named('Rini'));
  typing.drawn().take(named('Wati'));
  const back = [1, 2, 3].map(() => {
    typing.drawn().putBack?.();
    return typing.body;
  });
  expect(back).toEqual([second, corrected, typed]);
});

it('keeps nothing of a family that is registered', () => {
  const typing = new Typing();
  typing.drawn().take(named('Siti'));
  typing.drawn().forget();
  expect(typing.drawn().putBack).toBeNull();
});

it('tells a tint that was looked at from something typed', () => {
  const taken = { ...named('Siti'), unseen: ['address.rt'] };
  expect(isAsTaken(named('Siti'), taken)).toBe(true);
  expect(isAsTaken(named('Sitti'), taken)).toBe(false);
});
