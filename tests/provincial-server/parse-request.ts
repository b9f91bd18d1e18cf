import { z } from 'zod';
import { wireVersion } from '../../shared/provincial/wire.ts';
import { Refusal } from './refusal.ts';

const Versioned = z.looseObject({ wire: z.int().positive() });

/** @throws Refusal `wire_unsupported`, or `invalid_request` with the first field that is not as it must be. */
export function parse<Schema extends z.ZodType<{ wire: number }>>(
  schema: Schema,
  json: unknown,
): z.infer<Schema> {
  const version = Versioned.safeParse(json);
  if (version.success && version.data.wire > wireVersion)
    throw new Refusal('wire_unsupported', { field: 'wire' });
  return parseQuery(schema, json);
}

/** @throws Refusal `invalid_request` with the first field that is not as it must be. */
export function parseQuery<Schema extends z.ZodType>(schema: Schema, query: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(query);
  if (!parsed.success)
    throw new Refusal('invalid_request', { field: parsed.error.issues[0]?.path.join('.') ?? null });
  return parsed.data;
}
