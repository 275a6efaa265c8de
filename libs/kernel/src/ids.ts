import { createHash } from 'node:crypto';

/** The one namespace of Portbook's derived event ids; a constant of the storage format. */
const EVENT_NAMESPACE = '6c2f0f0a-5b1e-5a77-9d1c-0b7a4d0c2e11';
const NAMESPACE_BYTES = Buffer.from(EVENT_NAMESPACE.replaceAll('-', ''), 'hex');
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether the value is a UUID in lower case, the only form that is stored. */
export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value);
}

/** UUID v5 of the parts joined by `/`: the same parts give the same id, so a repeated append changes nothing. */
export function eventId(...parts: readonly (string | number)[]): string {
  const hex = createHash('sha1').update(NAMESPACE_BYTES).update(parts.join('/')).digest('hex');
  const variant = ((parseInt(hex.charAt(16), 16) & 0b0011) | 0b1000).toString(16);
  return (
    `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-` +
    `${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
  );
}

export const POLICY_STREAM = 'policy-nseers';
export const REGISTRY_DAYS_STREAM = 'registry-days';
export const IMPORTS_STREAM = 'imports';
const REGISTRANT_PREFIX = 'registrant-';

export function registrantStream(registrantId: string): string {
  return REGISTRANT_PREFIX + registrantId;
}

/** The registrant's id in the name of a registrant stream, else undefined. */
export function registrantIdOf(stream: string): string | undefined {
  if (!stream.startsWith(REGISTRANT_PREFIX)) return undefined;
  const id = stream.slice(REGISTRANT_PREFIX.length);
  return isUuid(id) ? id : undefined;
}
