/** A ground on which an officer may register a nonimmigrant of any nationality. Wording not verified. */
export interface Criterion {
  readonly slug: string;
  readonly title: string;
}

export const criteria: readonly Criterion[] = [
  { slug: 'unexplained-travel', title: 'Unexplained travel to a country of concern' },
  { slug: 'other-unexplained-travel', title: 'Other travel that is not well explained' },
  { slug: 'earlier-overstay', title: 'An earlier overstay' },
  { slug: 'intelligence-profile', title: 'A profile set by intelligence' },
  { slug: 'law-enforcement-referral', title: 'A referral by law enforcement' },
  { slug: 'behaviour-or-answers', title: 'Behaviour or answers at the inspection' },
  { slug: 'information-given', title: 'Information given by the visitor' },
];
