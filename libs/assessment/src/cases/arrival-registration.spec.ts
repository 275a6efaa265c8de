import { describe } from '@jest/globals';
import { type Case, holds } from './case.contract.js';

const ARRIVAL = ['ArrivalRegistered'];

const designated: readonly Case[] = [
  {
    law: 'nobody registers on arrival on the day before the duty is in force',
    life: 'arrived 2002-09-10',
    seen: '2002-12-01',
    comes: [],
    unneeded: ARRIVAL,
  },
  {
    law: 'a national of the five countries registers from the first day on',
    life: 'arrived 2002-09-11 port=LOS',
    seen: '2002-12-01',
    comes: ['2002-09-11..2002-09-11 met on 2002-09-11'],
    with: {
      anchorOn: '2002-09-11',
      port: 'LOS',
      office: 'WAS',
      because: ['arrival-registration-enacted', 'five-country-designation'],
    },
  },
  {
    law: 'a woman of the five countries registers too: they know neither sex nor age',
    life: 'arrived 2003-05-01 of=SD sex=F born=2001-01-01',
    seen: '2003-06-01',
    comes: ['2003-05-01..2003-05-01 met on 2003-05-01'],
  },
  {
    law: 'a Pakistani man is not designated on 2002-09-30',
    life: 'arrived 2002-09-30 of=PK',
    seen: '2003-06-01',
    comes: [],
    unneeded: ARRIVAL,
  },
  {
    law: 'a Pakistani man is designated from 2002-10-01 on',
    life: 'arrived 2002-10-01 of=PK',
    seen: '2003-06-01',
    comes: ['2002-10-01..2002-10-01 met on 2002-10-01'],
    with: { because: ['arrival-registration-enacted', 'group-designation-pk-sa-ye'] },
  },
  {
    law: 'a Pakistani woman is not designated',
    life: 'arrived 2003-05-10 of=PK sex=F',
    seen: '2003-06-01',
    comes: [],
    unneeded: ARRIVAL,
  },
  {
    law: 'a person of sex X is no man',
    life: 'arrived 2003-05-10 of=PK sex=X',
    seen: '2003-06-01',
    comes: [],
    unneeded: ARRIVAL,
  },
  {
    law: 'a designation that knows no sex takes a person of sex X',
    life: 'arrived 2003-05-10 of=IQ sex=X',
    seen: '2003-06-01',
    comes: ['2003-05-10..2003-05-10 met on 2003-05-10'],
  },
  {
    law: 'a boy is designated from his sixteenth birthday on',
    life: 'arrived 2003-05-10 of=SA born=1987-05-10',
    seen: '2003-06-01',
    comes: ['2003-05-10..2003-05-10 met on 2003-05-10'],
  },
  {
    law: 'a boy is not designated on the day before his sixteenth birthday',
    life: 'arrived 2003-05-09 of=SA born=1987-05-10',
    seen: '2003-06-01',
    comes: [],
    unneeded: ARRIVAL,
  },
  {
    law: 'a man is designated until the day before his forty-sixth birthday',
    life: 'arrived 2003-05-10 of=YE born=1957-05-11',
    seen: '2003-06-01',
    comes: ['2003-05-10..2003-05-10 met on 2003-05-10'],
  },
  {
    law: 'a man is not designated on his forty-sixth birthday',
    life: 'arrived 2003-05-10 of=YE born=1957-05-10',
    seen: '2003-06-01',
    comes: [],
    unneeded: ARRIVAL,
  },
  {
    law: 'one born on 29 February is a year older on 28 February of a common year',
    life: 'arrived 2006-02-28 of=YE born=1960-02-29',
    seen: '2006-06-01',
    comes: [],
    unneeded: ARRIVAL,
  },
  {
    law: 'one born on 29 February is no older on 27 February of a common year',
    life: 'arrived 2006-02-27 of=YE born=1960-02-29',
    seen: '2006-06-01',
    comes: ['2006-02-27..2006-02-27 met on 2006-02-27'],
  },
  {
    law: 'one born on 29 February is no older on 28 February of a leap year',
    life: 'arrived 2004-02-28 of=PK born=1988-02-29',
    seen: '2004-06-01',
    comes: [],
    unneeded: ARRIVAL,
  },
  {
    law: 'one born on 29 February is a year older on 29 February of a leap year',
    life: 'arrived 2004-02-29 of=PK born=1988-02-29',
    seen: '2004-06-01',
    comes: ['2004-02-29..2004-02-29 met on 2004-02-29'],
  },
  {
    law: 'a dual national matches by either nationality, in whatever place it stands',
    life: 'arrived 2003-05-01 of=FR+CA+SY sex=F',
    seen: '2003-06-01',
    comes: ['2003-05-01..2003-05-01 met on 2003-05-01'],
    with: { because: ['arrival-registration-enacted', 'five-country-designation'] },
  },
  {
    law: 'a dual national of two designations registers once',
    life: 'arrived 2003-05-01 of=PK+IR',
    seen: '2003-06-01',
    comes: ['2003-05-01..2003-05-01 met on 2003-05-01'],
  },
  {
    law: 'who was of no designated country was not obliged, whatever basis the record names',
    life: 'arrived 2003-05-01 of=FR+CA',
    seen: '2003-06-01',
    comes: [],
    unneeded: ARRIVAL,
  },
  {
    law: 'an arrival after the day looked from is not seen yet',
    life: 'arrived 2003-06-02',
    seen: '2003-06-01',
    comes: [],
  },
];

const discretion: readonly Case[] = [
  {
    law: 'a lookout obliges nobody before it is authorised',
    life: 'arrived 2002-09-30 of=FR lookout',
    seen: '2003-06-01',
    comes: [],
    unneeded: ARRIVAL,
  },
  {
    law: 'a lookout obliges from the day of the authorisation on, whatever the nationality',
    life: 'arrived 2002-10-01 of=FR sex=F lookout',
    seen: '2003-06-01',
    comes: ['2002-10-01..2002-10-01 met on 2002-10-01'],
    with: { because: ['arrival-registration-enacted', 'officer-discretion-authorised'] },
  },
  {
    law: 'one whom a designation matches registers by it, though the record names a lookout',
    life: 'arrived 2002-09-20 lookout',
    seen: '2003-06-01',
    comes: ['2002-09-20..2002-09-20 met on 2002-09-20'],
    with: { because: ['arrival-registration-enacted', 'five-country-designation'] },
  },
  {
    law: 'discretion on several criteria needs one that is authorised',
    life: 'arrived 2003-05-01 of=FR discretion=a-hunch+earlier-overstay',
    seen: '2003-06-01',
    comes: ['2003-05-01..2003-05-01 met on 2003-05-01'],
  },
  {
    law: 'discretion needs one authorisation for both the kind and the criterion',
    life: 'arrived 2003-05-01 of=FR discretion=intelligence-profile',
    seen: '2003-06-01',
    enacted: [
      { amend: 'officer-discretion-authorised', set: { criteria: ['earlier-overstay'] } },
      {
        enact: {
          ref: 'lookouts-only',
          type: 'ArrivalDiscretionAuthorised',
          effectiveOn: '2003-01-01',
          data: { kinds: ['lookout'], criteria: ['intelligence-profile'] },
        },
      },
    ],
    comes: [],
    unneeded: ARRIVAL,
  },
  {
    law: 'a lookout needs no criterion',
    life: 'arrived 2003-05-01 of=FR lookout',
    seen: '2003-06-01',
    enacted: [
      { amend: 'officer-discretion-authorised', set: { kinds: ['lookout'], criteria: [] } },
    ],
    comes: ['2003-05-01..2003-05-01 met on 2003-05-01'],
  },
  {
    law: 'an authorisation of discretion alone covers no lookout',
    life: 'arrived 2003-05-01 of=FR lookout',
    seen: '2003-06-01',
    enacted: [{ amend: 'officer-discretion-authorised', set: { kinds: ['officer-discretion'] } }],
    comes: [],
    unneeded: ARRIVAL,
  },
];

const attributes: readonly Case[] = [
  {
    law: 'one of whom nothing is known matches no designation',
    life: 'arrived 2003-05-01 unknown',
    seen: '2003-06-01',
    comes: [],
    unneeded: ARRIVAL,
  },
  {
    law: 'one of whom nothing is known is still registered on a lookout',
    life: 'arrived 2003-05-01 unknown lookout',
    seen: '2003-06-01',
    comes: ['2003-05-01..2003-05-01 met on 2003-05-01'],
  },
  {
    law: 'an arrival that carries no attributes takes the latest carried before it',
    life: 'arrived 2003-01-01 of=FR; arrived 2003-03-01 of=IR; arrived 2003-05-01 unknown',
    seen: '2003-06-01',
    comes: ['2003-03-01..2003-03-01 met on 2003-03-01', '2003-05-01..2003-05-01 met on 2003-05-01'],
    unneeded: ARRIVAL,
  },
  {
    law: 'attributes carried later say nothing of an earlier arrival, wherever they stand in the log',
    life: 'arrived 2003-05-01 of=IR; arrived 2003-03-01 unknown',
    seen: '2003-06-01',
    comes: ['2003-05-01..2003-05-01 met on 2003-05-01'],
    unneeded: ARRIVAL,
  },
  {
    law: 'who grows into the age of a designation is matched by it on the next arrival',
    life: 'arrived 2003-05-01 of=PK born=1987-05-10; arrived 2003-06-01 unknown',
    seen: '2003-07-01',
    comes: ['2003-06-01..2003-06-01 met on 2003-06-01'],
    unneeded: ARRIVAL,
  },
];

describe('registration on arrival', () => {
  holds('arrival-registration', [...designated, ...discretion, ...attributes]);
});
