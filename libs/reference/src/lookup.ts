import { classesOfAdmission } from './classes-of-admission.js';
import { countries } from './countries.js';
import { offices } from './offices.js';
import { ports } from './ports.js';

export const countryCodes: readonly string[] = Object.keys(countries);
export const portCodes: readonly string[] = ports.map((port) => port.code);
export const officeCodes: readonly string[] = offices.map((office) => office.code);
/** Two-letter codes of the states and territories that an office is responsible for. */
export const stateCodes: readonly string[] = offices.flatMap((office) => office.states);

const knownPorts = new Set(portCodes);
const knownOffices = new Set(officeCodes);
const knownClasses = new Set(classesOfAdmission);
const officeByState = new Map(
  offices.flatMap((office) => office.states.map((state) => [state, office.code] as const)),
);

export function isCountry(code: string): boolean {
  return Object.hasOwn(countries, code);
}

export function isPort(code: string): boolean {
  return knownPorts.has(code);
}

export function isOffice(code: string): boolean {
  return knownOffices.has(code);
}

export function isClassOfAdmission(code: string): boolean {
  return knownClasses.has(code);
}

/** The office responsible for an address in that state (an assumption: see offices.ts); undefined for no known state. */
export function officeOfState(state: string): string | undefined {
  return officeByState.get(state);
}
