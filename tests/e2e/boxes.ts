import { expect, type Locator } from '@playwright/test';

export type Box = NonNullable<Awaited<ReturnType<Locator['boundingBox']>>>;

/** Where something stands on the screen, once it does. */
export async function boxOf(part: Locator): Promise<Box> {
  const box = await part.boundingBox();
  expect(box).not.toBeNull();
  return box ?? { x: 0, y: 0, width: 0, height: 0 };
}

export function overlap(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}
