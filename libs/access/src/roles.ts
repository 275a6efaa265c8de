/** Who may do what; the value of the claim `roles` in a token. */
export const roles = ['officer', 'policy-maker', 'analyst', 'auditor', 'operator'] as const;
export type Role = (typeof roles)[number];

export function isRole(value: unknown): value is Role {
  return (roles as readonly unknown[]).includes(value);
}
