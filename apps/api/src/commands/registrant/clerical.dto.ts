import { type Shape, shape } from '#libs/kernel';
import { registrantEventTable } from '#libs/registry';
import { Field, NestedField, TextField } from '#libs/web';
import { EnumField, IdField, OptionalWholeNumberField } from '../../fields.js';

const REASON_MAX = 2000;
const VERSION_MAX = 10_000;
const factTypes = Object.keys(registrantEventTable).filter(
  (type) => type !== 'RecordCorrected' && type !== 'RecordRescinded',
);

const anObject: Shape = (value, path) =>
  shape.isPlainObject(value) ? [] : [{ path, problem: 'must be an object' }];

class CorrectedFactDto {
  @EnumField(factTypes) readonly type!: string;
  @OptionalWholeNumberField(1, VERSION_MAX, {
    description: 'Of the shape of `data`; the one that is written today unless said.',
  })
  readonly version?: number;
  @Field(anObject, {
    type: 'object',
    description: 'All that the record should have said: the whole data of its type.',
  })
  readonly data!: Record<string, unknown>;
}

abstract class ClericalDto {
  @IdField() readonly registrantId!: string;
  @IdField({ description: 'Of the event that is not right.' }) readonly eventId!: string;
}

export class CorrectRecordDto extends ClericalDto {
  @NestedField(() => CorrectedFactDto) readonly corrected!: CorrectedFactDto;
  @TextField(REASON_MAX) readonly reason!: string;
}

export class RescindRecordDto extends ClericalDto {
  @TextField(REASON_MAX) readonly reason!: string;
}
