/** Why a person's record is read; a closed list, so that reads can be told apart and counted. */
export const purposeSlugs = [
  ...(['registration', 'interview', 'departure', 'inspection', 'decision'] as const),
  ...(['correction', 'audit', 'training', 'analysis'] as const),
] as const;
export type PurposeSlug = (typeof purposeSlugs)[number];

export interface Purpose {
  readonly slug: PurposeSlug;
  /** The case that the reader works on, as their office files it. */
  readonly caseRef?: string;
}

/** The form of the header `X-Purpose`, in words. */
export const purposeForm = `<slug>[; case=<reference>], the slug one of ${purposeSlugs.join(', ')}`;

const FORM = /^([a-z]+)(?:\s*;\s*case=([A-Za-z0-9._/-]{1,64}))?$/;

/** Reads a stated purpose, `<slug>[; case=<reference>]`; undefined where it has not that form. */
export function readPurpose(text: string): Purpose | undefined {
  const [, slug, caseRef] = FORM.exec(text.trim()) ?? [];
  if (slug === undefined || !isPurposeSlug(slug)) return undefined;
  return { slug, ...(caseRef !== undefined && { caseRef }) };
}

function isPurposeSlug(value: unknown): value is PurposeSlug {
  return (purposeSlugs as readonly unknown[]).includes(value);
}
