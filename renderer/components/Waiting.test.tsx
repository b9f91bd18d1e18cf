import { MantineProvider } from '@mantine/core';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { describeError } from '../../shared/errors.ts';
import { ProblemError } from '../app/problem.ts';
import { Waiting } from './Waiting.tsx';

const problem = new ProblemError({ ...describeError('not_found'), fields: [] });

function shown(query: { data?: unknown; error?: unknown }, silent?: boolean): string {
  const { data, error = null } = query;
  return renderToStaticMarkup(
    <MantineProvider env="test">
      <Waiting query={{ data, error, refetch: () => {} }} {...(silent !== undefined && { silent })} />
    </MantineProvider>,
  );
}

describe('the place of an answer', () => {
  it('shows that it comes, unless mostly nothing stands there', () => {
    expect(shown({})).toContain('Loader');
    expect(shown({})).toContain('role="status"');
    expect(shown({})).toContain('Memuat …');
    expect(shown({}, true)).not.toContain('Loader');
  });

  it('says why it did not come, with a second try, also where mostly nothing stands', () => {
    for (const silent of [false, true]) {
      expect(shown({ error: problem }, silent)).toContain(describeError('not_found').message);
      expect(shown({ error: problem }, silent)).toContain('Coba lagi');
    }
  });

  it('is left to the answer that is there, also where a later one failed', () => {
    expect(shown({ data: [], error: problem })).not.toContain(describeError('not_found').message);
  });
});
