/** One of the 33 INS district offices, with the states that it is responsible for. */
export interface Office {
  readonly code: string;
  readonly name: string;
  readonly states: readonly string[];
}

/**
 * Which states belong to which office is an assumption, not verified: one office a state; the offices
 * without states take registrants who name them.
 */
export const offices: readonly Office[] = [
  { code: 'BOS', name: 'Boston', states: ['MA', 'NH', 'RI', 'CT'] },
  { code: 'NYC', name: 'New York', states: ['NY'] },
  { code: 'PHI', name: 'Philadelphia', states: ['PA', 'DE', 'WV'] },
  { code: 'BAL', name: 'Baltimore', states: ['MD'] },
  { code: 'MIA', name: 'Miami', states: ['FL'] },
  { code: 'BUF', name: 'Buffalo', states: [] },
  { code: 'DET', name: 'Detroit', states: ['MI'] },
  { code: 'CHI', name: 'Chicago', states: ['IL', 'IN', 'WI'] },
  { code: 'SPM', name: 'St Paul', states: ['MN', 'ND', 'SD'] },
  { code: 'KAN', name: 'Kansas City', states: ['MO', 'KS'] },
  { code: 'SEA', name: 'Seattle', states: ['WA'] },
  { code: 'SFR', name: 'San Francisco', states: [] },
  { code: 'SNA', name: 'San Antonio', states: ['TX'] },
  { code: 'ELP', name: 'El Paso', states: ['NM'] },
  { code: 'LOS', name: 'Los Angeles', states: ['CA'] },
  { code: 'HHW', name: 'Honolulu', states: ['HI', 'GU', 'MP', 'AS'] },
  { code: 'PHO', name: 'Phoenix', states: ['AZ', 'NV'] },
  { code: 'DEN', name: 'Denver', states: ['CO', 'WY', 'UT'] },
  { code: 'DAL', name: 'Dallas', states: ['OK'] },
  { code: 'NEW', name: 'Newark', states: ['NJ'] },
  { code: 'POM', name: 'Portland ME', states: ['ME', 'VT'] },
  { code: 'CLE', name: 'Cleveland', states: ['OH'] },
  { code: 'WAS', name: 'Washington (Arlington)', states: ['VA', 'DC'] },
  { code: 'ATL', name: 'Atlanta', states: ['GA', 'NC', 'SC', 'AL'] },
  { code: 'SAJ', name: 'San Juan', states: ['PR', 'VI'] },
  { code: 'NOL', name: 'New Orleans', states: ['LA', 'MS', 'AR', 'TN', 'KY'] },
  { code: 'OMA', name: 'Omaha', states: ['NE', 'IA'] },
  { code: 'HEL', name: 'Helena', states: ['MT', 'ID'] },
  { code: 'POO', name: 'Portland OR', states: ['OR'] },
  { code: 'ANC', name: 'Anchorage', states: ['AK'] },
  { code: 'HOU', name: 'Houston', states: [] },
  { code: 'SDP', name: 'San Diego', states: [] },
  { code: 'HLG', name: 'Harlingen', states: [] },
];
