/** One of the 25 countries whose nationals the programme called by name. */
export interface DesignatedCountry {
  readonly name: string;
  readonly alpha2: string;
  readonly alpha3: string;
  /** The legacy I-94 country code, which is not the ISO numeric code (I-94 368 is Egypt, ISO numeric 368 is Iraq). */
  readonly i94: string;
  readonly callInGroup: number;
}

/**
 * Armenia (AM, I-94 151) was listed for call-in group 3 on 2002-12-16 and struck on 2002-12-18,
 * before any window opened, and is not among them.
 */
export const designatedCountries: readonly DesignatedCountry[] = [
  { name: 'Iran', alpha2: 'IR', alpha3: 'IRN', i94: '249', callInGroup: 1 },
  { name: 'Iraq', alpha2: 'IQ', alpha3: 'IRQ', i94: '250', callInGroup: 1 },
  { name: 'Libya', alpha2: 'LY', alpha3: 'LBY', i94: '381', callInGroup: 1 },
  { name: 'Sudan', alpha2: 'SD', alpha3: 'SDN', i94: '350', callInGroup: 1 },
  { name: 'Syria', alpha2: 'SY', alpha3: 'SYR', i94: '262', callInGroup: 1 },
  { name: 'Afghanistan', alpha2: 'AF', alpha3: 'AFG', i94: '236', callInGroup: 2 },
  { name: 'Algeria', alpha2: 'DZ', alpha3: 'DZA', i94: '316', callInGroup: 2 },
  { name: 'Bahrain', alpha2: 'BH', alpha3: 'BHR', i94: '298', callInGroup: 2 },
  { name: 'Eritrea', alpha2: 'ER', alpha3: 'ERI', i94: '372', callInGroup: 2 },
  { name: 'Lebanon', alpha2: 'LB', alpha3: 'LBN', i94: '255', callInGroup: 2 },
  { name: 'Morocco', alpha2: 'MA', alpha3: 'MAR', i94: '332', callInGroup: 2 },
  { name: 'North Korea', alpha2: 'KP', alpha3: 'PRK', i94: '275', callInGroup: 2 },
  { name: 'Oman', alpha2: 'OM', alpha3: 'OMN', i94: '256', callInGroup: 2 },
  { name: 'Qatar', alpha2: 'QA', alpha3: 'QAT', i94: '297', callInGroup: 2 },
  { name: 'Somalia', alpha2: 'SO', alpha3: 'SOM', i94: '397', callInGroup: 2 },
  { name: 'Tunisia', alpha2: 'TN', alpha3: 'TUN', i94: '323', callInGroup: 2 },
  { name: 'United Arab Emirates', alpha2: 'AE', alpha3: 'ARE', i94: '296', callInGroup: 2 },
  { name: 'Yemen', alpha2: 'YE', alpha3: 'YEM', i94: '216', callInGroup: 2 },
  { name: 'Pakistan', alpha2: 'PK', alpha3: 'PAK', i94: '258', callInGroup: 3 },
  { name: 'Saudi Arabia', alpha2: 'SA', alpha3: 'SAU', i94: '261', callInGroup: 3 },
  { name: 'Bangladesh', alpha2: 'BD', alpha3: 'BGD', i94: '274', callInGroup: 4 },
  { name: 'Egypt', alpha2: 'EG', alpha3: 'EGY', i94: '368', callInGroup: 4 },
  { name: 'Indonesia', alpha2: 'ID', alpha3: 'IDN', i94: '204', callInGroup: 4 },
  { name: 'Jordan', alpha2: 'JO', alpha3: 'JOR', i94: '253', callInGroup: 4 },
  { name: 'Kuwait', alpha2: 'KW', alpha3: 'KWT', i94: '272', callInGroup: 4 },
];
