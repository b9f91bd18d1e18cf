import { Checkbox, type CheckboxProps, MantineProvider } from '@mantine/core';
import { Children, type ChangeEvent, isValidElement, type ReactElement, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { MergeComparison } from '../../../shared/contract/merge.ts';
import { member } from '../../../tests/fixtures/members.ts';
import { type Chosen, doubtfulPairs, leaveOpen, nothingChosen, pairUp, planOf } from './plan.ts';
import { SamePersons } from './SamePersons.tsx';
import { words } from './words.ts';

const side = (caseId: string, name: string): MergeComparison['kept'] => ({
  caseId,
  number: caseId,
  version: 1,
  state: 'TERDAFTAR',
  headName: name,
  registeredAt: '2026-11-10T02:00:00.000Z',
  registeredByName: '',
  household: {
    address: { street: 'Jl. Kebun Jahe 4', rt: 3, rw: 7, kelurahan: '31.71.01.1001' },
    phone: null,
    families: [{ no: 1, kk: null }],
    members: [member({ id: name.toLowerCase(), name })],
  },
});

const comparison: MergeComparison = {
  kept: side('kept', 'Hasan'),
  other: side('other', 'Hasanudin'),
  same: [{ memberId: 'hasan', otherId: 'hasanudin', sure: false }],
  editable: true,
  obstacle: null,
};

/** What stands on the screen, and what is chosen once the box of the pair is ticked or cleared. */
function asked(chosen: Chosen, compared = comparison) {
  let now = chosen;
  const props = {
    comparison: compared,
    same: planOf(compared, chosen).plan.same,
    doubtful: doubtfulPairs(compared, chosen),
    focused: undefined,
    onPair: (otherId: string, memberId: string | null) => {
      now = pairUp(now, otherId, memberId);
    },
    onLeaveOpen: (otherId: string) => {
      now = leaveOpen(now, otherId);
    },
  };
  const html = renderToStaticMarkup(
    <MantineProvider env="test">
      <SamePersons {...props} />
    </MantineProvider>,
  );
  const [box] = boxesIn(SamePersons(props));
  const set = (checked: boolean): Chosen => {
    box?.props.onChange?.({ currentTarget: { checked } } as ChangeEvent<HTMLInputElement>);
    return now;
  };
  return { html, box, set };
}

function boxesIn(node: ReactNode): ReactElement<CheckboxProps>[] {
  return Children.toArray(node).flatMap((child) => {
    if (!isValidElement<{ children?: ReactNode }>(child)) return [];
    return isBox(child) ? [child] : boxesIn(child.props.children);
  });
}

function isBox(element: ReactElement): element is ReactElement<CheckboxProps> {
  return element.type === Checkbox;
}

it('has a pair that the program is not sure of confirmed by a box of its own, and taken back by it', () => {
  const open = asked(nothingChosen);
  expect(open.html).toContain(words.onePerson('Hasanudin', 'Hasan'));
  expect(open.html).toContain(words.unsure.slice(0, 20));
  expect(open.box?.props.checked).toBe(false);
  const said = open.set(true);
  expect(said.pairs).toEqual({ hasanudin: 'hasan' });

  const confirmed = asked(said);
  expect(confirmed.html).not.toContain(words.unsure.slice(0, 20));
  expect(confirmed.box?.props.checked).toBe(true);
  expect(confirmed.set(false)).toEqual(nothingChosen);
});

it('asks for no confirmation of who is somebody else, or of whom the program is sure', () => {
  expect(asked(pairUp(nothingChosen, 'hasanudin', null)).box).toBeUndefined();
  const sure = comparison.same.map((pair) => ({ ...pair, sure: true }));
  expect(asked(nothingChosen, { ...comparison, same: sure }).box).toBeUndefined();
});

it('lets nobody tick it where the case that stays can no longer change', () => {
  expect(asked(nothingChosen, { ...comparison, editable: false }).box?.props.disabled).toBe(true);
});
