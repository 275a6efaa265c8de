import { describe, expect, it } from '@jest/globals';
import { enactedTimeline, foldPolicy, type PolicyRecord } from '#libs/policy';
import { aCallIn, assessed } from '#libs/spec';

describe('a policy that contradicts itself', () => {
  it('calls nobody in by a group that an amendment closes before it opens', () => {
    // No command and no scenario makes such a policy; a history file may bring one.
    const closing: PolicyRecord<'CallInExtended'> = {
      type: 'CallInExtended',
      ref: 'closed-before-it-opens',
      title: 'An invented slip',
      authority: 'DOJ',
      citation: 'invented',
      publishedOn: '2002-11-10',
      effectiveOn: '2002-11-10',
      verified: false,
      known: 'always',
      data: { group: 1, closesOn: '2002-11-14' },
    };
    const life = [aCallIn({ registeredOn: '2002-11-20' })];
    const policy = foldPolicy([...enactedTimeline, closing]);
    const { obligations, unneeded } = assessed(life, { on: '2003-06-01' }, policy);
    expect(obligations).toEqual([]);
    expect(unneeded).toHaveLength(1);
  });
});
