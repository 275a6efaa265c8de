/**
 * Classes of admission of nonimmigrants by family of visa. `excluded` (diplomats and officials of
 * international organisations) are outside special registration.
 */
export const classFamilies = {
  excluded: ['A1', 'A2', 'A3', 'G1', 'G2', 'G3', 'G4', 'G5'],
  visitor: ['B1', 'B2', 'WB', 'WT'],
  student: ['F1', 'F2', 'M1', 'M2', 'J1', 'J2'],
  worker: [
    ...['H1B', 'H1C', 'H2A', 'H2B', 'H3', 'H4', 'L1', 'L2', 'O1', 'O2', 'O3'],
    ...['P1', 'P2', 'P3', 'P4', 'Q1', 'R1', 'R2', 'TN', 'E1', 'E2', 'I'],
  ],
  family: ['K1', 'K2', 'K3', 'K4', 'V1', 'V2', 'V3'],
  crew: ['C1', 'D1', 'D2'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export const classesOfAdmission: readonly string[] = Object.values(classFamilies).flat();

const excluded: readonly string[] = classFamilies.excluded;

/** Whether holders of the class are outside the programme (classes A and G). */
export function isExcludedClass(classOfAdmission: string): boolean {
  return excluded.includes(classOfAdmission);
}
