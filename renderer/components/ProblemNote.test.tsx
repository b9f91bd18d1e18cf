import { MantineProvider } from '@mantine/core';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { describeError } from '../../shared/errors.ts';
import { ProblemNote } from './ProblemNote.tsx';

function shown(problem: Parameters<typeof ProblemNote>[0]['problem']): string {
  return renderToStaticMarkup(
    <MantineProvider env="test">
      <ProblemNote problem={problem} />
    </MantineProvider>,
  );
}

it('a problem can be handed on with a button that the keyboard reaches; a note without a code has none', () => {
  const html = shown(describeError('internal', { reference: '7K3QF' }));
  expect(html).toMatch(/<button[^>]*type="button"[^>]*>(?:<[^>]*>)*Salin keterangan/);
  expect(html).not.toMatch(/<button[^>]*(tabindex="-1"|disabled)/);
  expect(shown({ message: 'a', next: 'b' })).not.toContain('Salin keterangan');
});
