import { describe } from '@jest/globals';
import { type Case, holds } from './case.contract.js';

const presence = 'until-admitted-until';
/** The follow-up interview of this arrival opens on 9 and is due on 19 February 2003. */
const arrived = (until: string): string => `arrived 2003-01-10 class=B2 until=${until}`;
const LATER = '2003-06-01';

const withoutDeparture: readonly Case[] = [
  {
    law: 'a stay without a departure is held to go on, where that is what is assumed',
    life: arrived('2003-02-08'),
    seen: LATER,
    comes: ['2003-02-09..2003-02-19 missed'],
  },
  {
    law: 'a stay that is held to have ended before the opening day carries nothing on it',
    life: arrived('2003-02-08'),
    seen: LATER,
    presence,
    comes: [],
  },
  {
    law: 'a stay that is held to have ended within the window releases, and no fact says so',
    life: arrived('2003-02-15'),
    seen: LATER,
    presence,
    comes: ['2003-02-09..2003-02-19 released on 2003-02-15'],
    rests: [0],
  },
  {
    law: 'a stay that is held to have ended after the due day releases nothing',
    life: arrived('2003-02-20'),
    seen: LATER,
    presence,
    comes: ['2003-02-09..2003-02-19 missed'],
  },
  {
    law: 'before the day of its end the stay goes on',
    life: arrived('2003-02-15'),
    seen: '2003-02-14',
    presence,
    comes: ['2003-02-09..2003-02-19 open'],
  },
  {
    law: 'seen from the day of its end the stay has ended',
    life: arrived('2003-02-15'),
    seen: '2003-02-15',
    presence,
    comes: ['2003-02-09..2003-02-19 released on 2003-02-15'],
  },
  {
    law: 'without a day of admission nothing is cut',
    life: 'arrived 2003-01-10 class=F1',
    seen: LATER,
    presence,
    comes: ['2003-02-09..2003-02-19 missed'],
  },
];

const heardOfLater: readonly Case[] = [
  {
    law: 'a recorded departure counts, and not the day of admission before it',
    life: `${arrived('2003-02-08')}; departed 2003-05-01`,
    seen: LATER,
    presence,
    comes: ['2003-02-09..2003-02-19 missed'],
  },
  {
    law: 'a recorded departure counts, and not the day of admission after it',
    life: `${arrived('2003-02-20')}; departed 2003-02-15`,
    seen: LATER,
    presence,
    comes: ['2003-02-09..2003-02-19 released on 2003-02-15'],
    rests: [0, 1],
  },
  {
    law: 'who is heard of after the admission was there until the day of that fact',
    life: `${arrived('2003-02-08')}; became 2003-02-12 to=F1`,
    seen: LATER,
    presence,
    comes: ['2003-02-09..2003-02-19 released on 2003-02-12'],
  },
  {
    law: 'a reported change proves presence to the day of the report, not only of the change',
    life: `${arrived('2003-02-08')}; reported 2003-04-01 kind=school changed=2003-02-01`,
    seen: LATER,
    presence,
    comes: ['2003-02-09..2003-02-19 missed'],
    unneeded: ['ChangeReported'],
  },
  {
    law: 'a change found unreported proves presence to the day of the finding',
    life: `${arrived('2003-02-08')}; found 2003-02-14 kind=school changed=2003-02-01`,
    seen: LATER,
    presence,
    comes: ['2003-02-09..2003-02-19 released on 2003-02-14'],
  },
  {
    law: 'a fact after the day looked from proves nothing yet',
    life: `${arrived('2003-02-08')}; reported 2003-04-01 kind=school changed=2003-02-01`,
    seen: '2003-03-31',
    presence,
    comes: [],
  },
  {
    law: 'facts are given to stays before the cut: a late interview is itself a sign of presence',
    life: `${arrived('2003-02-08')}; interview 2003-03-01`,
    seen: LATER,
    presence,
    comes: ['2003-02-09..2003-02-19 met-late on 2003-03-01'],
  },
  {
    law: 'a decision about the person made meanwhile is a fact of the stay like any other',
    life: `${arrived('2003-02-08')}; good-cause 2003-02-13 for=departure-registration anchor=2003-01-01`,
    seen: LATER,
    presence,
    comes: ['2003-02-09..2003-02-19 released on 2003-02-13'],
  },
  {
    law: 'the next arrival ends a stay before the day of its admission',
    life: `${arrived('2003-12-31')}; arrived 2003-02-12 class=A1`,
    seen: LATER,
    presence,
    comes: ['2003-02-09..2003-02-19 released on 2003-02-12'],
    unneeded: ['ArrivalRegistered'],
    rests: [0, 1],
  },
  {
    law: 'a fact after the next arrival proves presence to that arrival and no longer',
    life: `${arrived('2003-02-08')}; arrived 2003-02-12 class=A1; reported 2003-04-01 kind=school changed=2003-02-01`,
    seen: LATER,
    presence,
    comes: ['2003-02-09..2003-02-19 released on 2003-02-12'],
    unneeded: ['ArrivalRegistered', 'ChangeReported'],
  },
  {
    law: 'between the end that is assumed and the next arrival there is no stay',
    life: `${arrived('2003-02-08')}; arrived 2003-02-20 class=A1`,
    seen: LATER,
    presence,
    comes: [],
    unneeded: ['ArrivalRegistered'],
  },
];

const callIn = 'called-in 2002-12-10 until=2002-11-30';

const atCallIn: readonly Case[] = [
  {
    law: 'who registered at a call-in was there on that day, though the admission had ended',
    duty: 'call-in-registration',
    life: callIn,
    seen: '2004-01-31',
    presence,
    comes: ['2002-11-15..2002-12-16 met on 2002-12-10'],
  },
  {
    law: 'and is not held to have stayed for a year after it',
    duty: 'annual-reregistration',
    life: callIn,
    seen: '2003-12-01',
    presence,
    comes: [],
  },
  {
    law: 'unless every stay is held to go on',
    duty: 'annual-reregistration',
    life: callIn,
    seen: '2003-12-01',
    comes: ['year 1: 2003-11-30..2003-12-20 open'],
  },
  {
    law: 'in a counterfactual the assumption holds in both worlds',
    life: 'arrived 2003-11-02 class=B2 until=2003-12-05',
    seen: '2004-06-30',
    presence,
    scenario: 'no-suspension',
    comes: ['2003-12-02..2003-12-12 released on 2003-12-05'],
  },
];

describe('the assumption of presence', () => {
  holds('follow-up-interview', [...withoutDeparture, ...heardOfLater, ...atCallIn]);
});
