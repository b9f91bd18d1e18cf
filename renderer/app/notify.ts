import { notifications } from '@mantine/notifications';
import { problemOf, type ShownProblem } from './problem.ts';

/** Tells a problem: what happened, and what to do next. Stays long enough to be read twice. */
export function tellProblem(problem: ShownProblem): void {
  notifications.show({
    id: problem.code,
    color: 'orange',
    title: problem.message,
    message: problem.next,
    autoClose: 12_000,
    withBorder: true,
  });
}

/** The same for anything that was thrown. */
export function tellError(error: unknown): void {
  tellProblem(problemOf(error));
}

/** Tells that something was done after which somebody is to look; stays as long as a problem. */
export function tellAttention(title: string, message: string): void {
  notifications.show({ color: 'orange', title, message, autoClose: 12_000, withBorder: true });
}

/** Tells that something was done. */
export function tellDone(title: string, message?: string): void {
  notifications.show({ color: 'teal', title, message, autoClose: 6_000, withBorder: true });
}
