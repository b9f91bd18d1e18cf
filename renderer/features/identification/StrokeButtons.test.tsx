import { MantineProvider } from '@mantine/core';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { StrokeButtons } from './StrokeButtons.tsx';
import { words } from './words.ts';

const nothing = () => {};

function shown(progress: string | null, stopping: boolean): string {
  return renderToStaticMarkup(
    <MantineProvider env="test">
      <StrokeButtons
        label={words.confirm}
        progress={progress}
        stopping={stopping}
        onGo={nothing}
        onStop={nothing}
        onCancel={nothing}
      />
    </MantineProvider>,
  );
}

it('what has not begun is cancelled; what is under way is stopped, and says how far it is', () => {
  const before = shown(null, false);
  expect([before.includes(words.cancel), before.includes(words.stop)]).toEqual([true, false]);
  const under = shown(words.confirming(200, 3000), false);
  expect([under.includes(words.cancel), under.includes(words.stop)]).toEqual([false, true]);
  expect(under).toContain('200 dari 3.000');
  expect(shown(words.confirming(200, 3000), true)).toContain(words.stopping);
  // Who stopped one run and opens the question again may cancel it.
  expect(shown(null, true)).toContain(words.cancel);
});
